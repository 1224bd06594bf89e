package dev.palimpsest.audit.review;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.verdict.ItemCell;
import java.util.Objects;
import java.util.Optional;

/**
 * An item on the base and one tuned arm, with all that lists of items are filtered and sorted by;
 * no texts.
 *
 * @param suite suite id
 * @param tuned the tuned arm's name
 * @param pair what became of it
 * @param tier "" where the plan names none
 * @param topic "" where the plan names none
 * @param cluster what it shares with items that it depends on; its id where it stands alone
 * @param cell why it was lost; empty where the base has it wrong or the suite was asked in one way
 *     only
 */
public record ItemEntry(
    String suite,
    String tuned,
    PairBrief pair,
    String tier,
    String topic,
    String cluster,
    Optional<ItemCell> cell) {
  public ItemEntry {
    Objects.requireNonNull(suite, "suite is null");
    Objects.requireNonNull(tuned, "tuned is null");
    Objects.requireNonNull(pair, "pair is null");
  }

  /** Returns the item's id. */
  public String itemId() {
    return pair.itemId();
  }

  /** Returns what became of it. */
  public Change change() {
    return pair.change();
  }

  /** Tells whether only the text of the answer is another one. */
  public boolean isTextOnly() {
    return !pair.sameOutput() && (change() == Change.BOTH_RIGHT || change() == Change.BOTH_WRONG);
  }

  /** Returns how much the lead of the right answer changed, in nats; NaN where there is no lead. */
  public double shift() {
    return pair.tunedMargin() - pair.baseMargin();
  }
}
