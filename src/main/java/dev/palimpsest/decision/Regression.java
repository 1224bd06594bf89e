package dev.palimpsest.decision;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.verdict.Condition;
import dev.palimpsest.audit.verdict.Verdict;
import dev.palimpsest.report.model.ReportData;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that speaks against releasing a checkpoint with proof: who approves accepts it by name.
 *
 * @param name of the gate or condition, unique within a checkpoint: "gate/knowledge/maxDrop",
 *     "condition/knowledge/severe:know-0001"
 * @param title for people
 * @param sentence what became of it
 */
public record Regression(String name, String title, String sentence) {
  /** Returns the name of a suite's gate. */
  public static String gate(String suite) {
    return "gate/" + suite + "/maxDrop";
  }

  /**
   * Returns the name of a condition.
   *
   * @param suite "" where it is of no single suite
   */
  public static String condition(String suite, String name) {
    return "condition/" + (suite.isEmpty() ? "" : suite + "/") + name;
  }

  /** Returns the regressions of a checkpoint: gates with a proven drop, and broken conditions. */
  public static List<Regression> of(ReportData report, String arm) {
    List<Regression> all = new ArrayList<>();
    report.capabilities().stream()
        .filter(one -> one.tuned().equals(arm))
        .filter(one -> one.verdict() == Verdict.FAILED || one.verdict() == Verdict.REGRESSED)
        .forEach(
            one ->
                all.add(
                    new Regression(
                        gate(one.suite()),
                        CapabilityName.heading(one.capability()),
                        one.sentence())));
    report.tuned().stream()
        .filter(one -> one.name().equals(arm))
        .flatMap(one -> one.conditions().stream())
        .filter(one -> one.result() == Condition.Result.FAIL)
        .forEach(
            one ->
                all.add(
                    new Regression(
                        condition(one.suite(), one.name()), one.name(), one.sentence())));
    return all;
  }
}
