package dev.palimpsest.audit.verdict;

import dev.palimpsest.suite.variant.Variant;
import java.util.Map;

/**
 * Whether what was gained when choices were compared was gained in writing as well. A score may
 * rise because a form of answer was learned; what comes right in two forms is no matter of form.
 *
 * @param gained items that the base has wrong and the tuned arm right
 * @param written of these, how many both arms answered in writing too
 * @param alike of these, how many the base wrote wrong and the tuned arm right
 */
public record Rise(int gained, int written, int alike) {
  /** Where items were asked in one form only. */
  public static final Rise UNTOLD = new Rise(0, 0, 0);

  /** Fewer written answers tell nothing. */
  private static final int FEWEST = 5;

  /** Compares the two forms of a suite. */
  static Rise of(String suite, String base, String tuned, Cells.Scores scores) {
    Map<String, Boolean> before = scores.of(suite, base);
    Map<String, Boolean> after = scores.of(suite, tuned);
    Map<String, Boolean> writtenBefore = scores.of(Variant.WRITTEN.id(suite), base);
    Map<String, Boolean> writtenAfter = scores.of(Variant.WRITTEN.id(suite), tuned);
    int[] count = new int[3];
    before.forEach(
        (item, right) -> {
          if (!right && after.getOrDefault(item, false)) {
            count[0]++;
            if (writtenBefore.containsKey(item) && writtenAfter.containsKey(item)) {
              count[1]++;
              count[2] += !writtenBefore.get(item) && writtenAfter.get(item) ? 1 : 0;
            }
          }
        });
    return new Rise(count[0], count[1], count[2]);
  }

  /** Tells whether at least half of what was gained and asked in writing was gained there too. */
  boolean isNoFormat() {
    return written >= FEWEST && alike * 2 >= written;
  }

  /** Says it, as a clause. */
  String words() {
    if (isNoFormat()) {
      return alike + " of " + written + " gained items come right in writing too";
    }
    return written < FEWEST
        ? "the items were not asked in another form, so that it may be one of format"
        : "only "
            + alike
            + " of "
            + written
            + " gained items come right in writing too, so that it may be one of format";
  }
}
