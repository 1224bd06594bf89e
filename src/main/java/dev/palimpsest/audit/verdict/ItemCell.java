package dev.palimpsest.audit.verdict;

import dev.palimpsest.suite.variant.Variant;
import java.util.HashMap;
import java.util.Map;

/** What became of one item that the base has right, as {@link Cells} counts it. */
public enum ItemCell {
  /** Still right, in writing too where that was asked. */
  KEPT,
  /** Right by log-likelihood, but the written answer is right no more. */
  FORMAT_DRIFT,
  /** Wrong, and right after worked examples. */
  ELICITATION_LOSS,
  /** Wrong, and wrong after worked examples. */
  KNOWLEDGE_LOSS,
  /** Wrong, and not asked again. */
  UNEXPLAINED;

  /**
   * Returns the cell of every item of a suite that the base has right and that is scored on both
   * arms.
   */
  public static Map<String, ItemCell> of(
      String suite, String base, String tuned, Cells.Scores scores) {
    Map<String, Boolean> before = scores.of(suite, base);
    Map<String, Boolean> after = scores.of(suite, tuned);
    Map<String, Boolean> writtenBefore = scores.of(Variant.WRITTEN.id(suite), base);
    Map<String, Boolean> writtenAfter = scores.of(Variant.WRITTEN.id(suite), tuned);
    Map<String, Boolean> again = scores.of(Variant.FEW_SHOT.id(suite), tuned);
    Map<String, ItemCell> cells = new HashMap<>();
    before.forEach(
        (item, right) -> {
          if (right && after.containsKey(item)) {
            boolean drifted =
                writtenBefore.getOrDefault(item, false) && !writtenAfter.getOrDefault(item, true);
            cells.put(item, of(after.get(item), drifted, again.get(item)));
          }
        });
    return cells;
  }

  private static ItemCell of(boolean right, boolean drifted, Boolean again) {
    if (right) {
      return drifted ? FORMAT_DRIFT : KEPT;
    }
    if (again == null) {
      return UNEXPLAINED;
    }
    return again ? ELICITATION_LOSS : KNOWLEDGE_LOSS;
  }
}
