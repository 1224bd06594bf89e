package dev.palimpsest.report.page;

import dev.palimpsest.report.model.ReportData;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What people see of a report, the same on the screen and in the offline file; the two differ in
 * their layout and in where their links lead.
 *
 * @param title the whole in one sentence
 * @param decisions one per checkpoint, the gravest first: the first screen
 * @param plane what was learned against what was lost
 * @param sideBySide all checkpoints beside each other; empty of a single one
 * @param runs checkpoints of one run, in order
 * @param arms one per checkpoint, in the order of the decisions
 */
public record ReportView(
    String title,
    List<DecisionView> decisions,
    PlaneView plane,
    Optional<SideBySideView> sideBySide,
    List<RunView> runs,
    List<ArmView> arms) {
  /**
   * Makes the view.
   *
   * @param link gives the address that a finding leads to
   */
  public static ReportView of(ReportData data, Function<FindingView, String> link) {
    List<ArmView> arms = ArmView.of(data, link);
    List<DecisionView> decisions = DecisionView.of(data);
    return new ReportView(
        DecisionView.title(decisions),
        decisions,
        PlaneView.of(data),
        arms.size() > 1 ? Optional.of(SideBySideView.of(data, arms, link)) : Optional.empty(),
        RunView.of(arms),
        arms);
  }
}
