package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.suite.variant.Variant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What became of the items that the base has right: kept, answered in another form, no longer
 * called up, or no longer known.
 *
 * <p>The base and the tuned arm are compared by the log-likelihood of the choices. An item that the
 * tuned arm still has right is kept, unless its written answer, which the base gives right, is
 * right no more: then only the form drifted. An item that it has wrong is asked again after worked
 * examples; if it is right there it was only not elicited, otherwise the knowledge or skill is gone
 * (after 2501.13453 and 2510.17776).
 *
 * @param suite suite id
 * @param tuned the tuned arm's name
 * @param items that the base has right and that are scored on both arms
 * @param written of these, how many were answered in writing by both arms
 * @param kept still right, in writing too where that was asked
 * @param formatDrift right by log-likelihood, but the written answer is right no more
 * @param elicitationLoss wrong, and right after examples
 * @param knowledgeLoss wrong, and wrong after examples
 * @param unexplained wrong, and not asked again
 */
public record Cells(
    String suite,
    String tuned,
    int items,
    int written,
    int kept,
    int formatDrift,
    int elicitationLoss,
    int knowledgeLoss,
    int unexplained) {
  public Cells {
    Objects.requireNonNull(suite, "suite is null");
    Objects.requireNonNull(tuned, "tuned is null");
  }

  /** Reads which items of a suite an arm has right; items without a score are left out. */
  @FunctionalInterface
  public interface Scores {
    /** Returns right or wrong by item id; may be empty. */
    Map<String, Boolean> of(String suite, String arm);
  }

  /** Returns the cells of every suite that was asked in more than one way, by arm. */
  static List<Cells> of(AuditPlan plan, Scores scores) {
    List<Cells> cells = new ArrayList<>();
    for (Arm arm : plan.tuned()) {
      for (PlannedSuite suite : plan.suites()) {
        boolean explained =
            plan.variants().stream()
                .anyMatch(variant -> Variant.explains(variant.suite(), suite.suite()));
        if (explained) {
          cells.add(of(suite.suite(), plan.base().name(), arm.name(), scores));
        }
      }
    }
    return cells;
  }

  private static Cells of(String suite, String base, String tuned, Scores scores) {
    Map<String, Boolean> writtenBefore = scores.of(Variant.WRITTEN.id(suite), base);
    Map<String, Boolean> writtenAfter = scores.of(Variant.WRITTEN.id(suite), tuned);
    Map<String, ItemCell> cells = ItemCell.of(suite, base, tuned, scores);
    int written =
        (int)
            cells.keySet().stream()
                .filter(item -> writtenBefore.containsKey(item) && writtenAfter.containsKey(item))
                .count();
    return new Cells(
        suite,
        tuned,
        cells.size(),
        written,
        count(cells, ItemCell.KEPT),
        count(cells, ItemCell.FORMAT_DRIFT),
        count(cells, ItemCell.ELICITATION_LOSS),
        count(cells, ItemCell.KNOWLEDGE_LOSS),
        count(cells, ItemCell.UNEXPLAINED));
  }

  private static int count(Map<String, ItemCell> cells, ItemCell cell) {
    return Collections.frequency(cells.values(), cell);
  }

  /** Returns the cells in a sentence, "" where nothing was lost and no form drifted. */
  public String sentence() {
    int lost = elicitationLoss + knowledgeLoss + unexplained;
    List<String> parts = new ArrayList<>();
    if (elicitationLoss + knowledgeLoss > 0) {
      parts.add(
          elicitationLoss
              + " of "
              + (elicitationLoss + knowledgeLoss)
              + " lost items come back after worked examples, so "
              + (elicitationLoss * 2 >= elicitationLoss + knowledgeLoss
                  ? "most of the loss is one of elicitation, not of knowledge"
                  : "most of the loss is knowledge or skill"));
    } else if (lost > 0) {
      parts.add(lost + " lost items were not asked again");
    }
    if (formatDrift > 0) {
      parts.add(
          formatDrift
              + " of "
              + written
              + " items answered in writing are right by log-likelihood and written wrong: format"
              + " drift");
    }
    return parts.isEmpty() ? "" : capital(String.join("; ", parts)) + ".";
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
