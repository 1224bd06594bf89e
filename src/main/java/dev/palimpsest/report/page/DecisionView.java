package dev.palimpsest.report.page;

import dev.palimpsest.Listing;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.ReportData;
import java.util.ArrayList;
import java.util.List;

/**
 * What who decides has to know of one checkpoint, in words that need no training: may it be
 * released, what got worse and by how much, how sure that is, what to do next.
 *
 * @param name of the checkpoint
 * @param anchor of its part of the page
 * @param mark the look of its verdict
 * @param answer "May it be released?" answered
 * @param worse what got worse, by how much
 * @param sure how sure that is; empty where there is nothing to be sure of
 * @param next what to do next
 */
public record DecisionView(
    String name,
    String anchor,
    Mark mark,
    String answer,
    List<Said> worse,
    List<Said> sure,
    List<Said> next) {
  /** Returns the decisions on a report's checkpoints, the gravest first. */
  public static List<DecisionView> of(ReportData data) {
    List<DecisionView> all = new ArrayList<>();
    for (ReportData.TunedCheckpoint arm : data.gravestFirst()) {
      DecisionWords words = new DecisionWords(data, arm);
      all.add(
          new DecisionView(
              SafeText.visible(arm.name()),
              "arm-" + all.size(),
              Mark.of(arm.verdict()),
              words.answer(),
              Said.of(words.worse()),
              Said.of(words.sure()),
              Said.of(words.next())));
    }
    return all;
  }

  /** Says of all checkpoints together which may be released. */
  static String title(List<DecisionView> decisions) {
    if (decisions.size() == 1) {
      return decisions.get(0).title();
    }
    List<String> passing =
        decisions.stream().filter(one -> one.answer.equals("Yes")).map(DecisionView::name).toList();
    String all = " of " + decisions.size() + " checkpoints may be released";
    return passing.isEmpty()
        ? "None" + all + "."
        : passing.size() + all + ": " + Listing.of(passing) + ".";
  }

  /** Says in a sentence whether the checkpoint may be released. */
  public String title() {
    return name
        + switch (answer) {
          case "Yes" -> " may be released.";
          case "No" -> " may not be released.";
          case "Not yet" -> " may not be released yet.";
          default -> " is not judged yet.";
        };
  }
}
