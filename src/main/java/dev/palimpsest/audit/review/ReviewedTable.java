package dev.palimpsest.audit.review;

import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.PairedOutcome.Change;
import java.util.EnumMap;
import java.util.Map;

/**
 * The four cells of a finding as they would be with people's rulings in place of scores. It stands
 * beside the finding and never takes its place: who reviews has seen which arm answered what.
 *
 * @param overridden answers of either arm whose ruling differs from the score
 * @param counts items by change, with the rulings
 */
public record ReviewedTable(int overridden, Map<Change, Integer> counts) {
  public ReviewedTable {
    counts = Map.copyOf(counts);
  }

  /**
   * Counts anew.
   *
   * @param counts by the program's scores
   * @param reviewed the pairs of which anything was said
   */
  public static ReviewedTable of(
      Map<Change, Integer> counts, Iterable<PairedOutcome> reviewed, Rulings rulings) {
    Map<Change, Integer> changed = new EnumMap<>(Change.class);
    changed.putAll(counts);
    int overridden = 0;
    for (PairedOutcome pair : reviewed) {
      overridden += rulings.isOverridden(pair.base()) ? 1 : 0;
      overridden += rulings.isOverridden(pair.tuned()) ? 1 : 0;
      changed.merge(pair.change(), -1, Integer::sum);
      changed.merge(rulings.change(pair), 1, Integer::sum);
    }
    return new ReviewedTable(overridden, changed);
  }

  /** Returns the items of one cell. */
  public int count(Change change) {
    return counts.getOrDefault(change, 0);
  }

  /** Returns the items with a score or a ruling on both arms. */
  public int n() {
    return count(Change.BOTH_RIGHT)
        + count(Change.LOST)
        + count(Change.GAINED)
        + count(Change.BOTH_WRONG);
  }

  /** Returns the base's share right, NaN where there are no items. */
  public double base() {
    return (count(Change.BOTH_RIGHT) + count(Change.LOST)) / (double) n();
  }

  /** Returns the tuned arm's share right, NaN where there are no items. */
  public double tuned() {
    return (count(Change.BOTH_RIGHT) + count(Change.GAINED)) / (double) n();
  }

  /** Returns it in a sentence, "" where nothing is overridden. */
  public String sentence() {
    if (overridden == 0) {
      return "";
    }
    return ("%d %s overridden by people; with their rulings the table would be %d lost, %d gained,"
            + " %d both right, %d both wrong. The verdict stays that of the scores.")
        .formatted(
            overridden,
            overridden == 1 ? "answer is" : "answers are",
            count(Change.LOST),
            count(Change.GAINED),
            count(Change.BOTH_RIGHT),
            count(Change.BOTH_WRONG));
  }
}
