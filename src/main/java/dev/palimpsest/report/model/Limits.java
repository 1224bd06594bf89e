package dev.palimpsest.report.model;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.verdict.AuditResult;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.audit.verdict.NoiseFloor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says what a result does not say. */
final class Limits {
  private final AuditResult result;
  private final AuditPlan plan;
  private final List<String> said = new ArrayList<>();

  private Limits(AuditResult result) {
    this.result = result;
    this.plan = result.audit().plan();
  }

  static List<String> of(AuditResult result) {
    Limits limits = new Limits(result);
    limits.notes();
    limits.scope();
    limits.selection();
    limits.missingScores();
    limits.rounding();
    limits.misalignment();
    limits.contamination();
    return limits.said;
  }

  private void notes() {
    if (plan.base().endpoint().isPresent()) {
      said.addAll(plan.base().notes());
    }
    plan.tuned().forEach(arm -> said.addAll(arm.notes()));
  }

  private void scope() {
    said.add(
        "The result speaks for these checkpoints at these digests, not for the recipe that made"
            + " them: another run of the same training can come out otherwise.");
    String suites =
        plan.suites().stream()
            .map(suite -> CapabilityName.words(suite.capability()))
            .distinct()
            .collect(Collectors.joining(", "));
    said.add(
        "Only what the suites ask was tested ("
            + suites
            + "); what no suite probes was not"
            + " tested, other languages and long contexts included.");
    if (plan.decidesEarly()) {
      said.add(
          "Each gate ended as soon as it was decided, by a test that may be looked at after every item:"
              + " intervals are confidence sequences, estimates are weighted, and of items that share"
              + " a cluster one was asked.");
    }
    if (plan.depth().equals("quick")) {
      said.add(
          "This was a quick audit: it finds large damage, but its number of items can hardly"
              + " certify the absence of small damage.");
    }
  }

  private void selection() {
    int arms = plan.tuned().size();
    if (plan.choice().isPresent()) {
      said.add(
          "The verdict of each of the "
              + arms
              + " checkpoints is over all items. What may be relied on is the verdict of the one that"
              + " was chosen by the rule of the plan; taking another one because it passed is a choice"
              + " that nothing here allows for.");
    } else if (arms > 1) {
      said.add(
          "Each of the "
              + arms
              + " checkpoints was judged on its own. Choosing one of them because"
              + " it passed raises the chance of a wrong pass from "
              + Points.percent(plan.alpha())
              + " to as much as "
              + Points.percent(Math.min(1, arms * plan.alpha()))
              + "; name the one to release beforehand, or confirm the choice on items that took"
              + " no part in it.");
    }
  }

  private void missingScores() {
    int missing = result.findings().stream().mapToInt(Finding::notComparable).sum();
    if (missing > 0) {
      said.add(
          "In "
              + missing
              + (missing == 1 ? " comparison" : " comparisons")
              + " one side has no score (cut off, unscorable or in error); these items are listed"
              + " and counted on neither side.");
    }
  }

  private void rounding() {
    if (plan.arithmetic().equals("float32")) {
      return;
    }
    String turns =
        result.noise().isEmpty()
            ? "; how many was not measured. Such turns go both ways and widen the intervals."
            : ". The base against itself, in other batches, turned "
                + result.noise().stream().map(Limits::turned).collect(Collectors.joining(", "))
                + ". No more changes than these can be rounding and nothing else; they go both ways"
                + " and widen the intervals.";
    said.add(
        "It was computed in "
            + plan.arithmetic()
            + ", where rounding alone turns some nearly tied answers"
            + turns);
  }

  private static String turned(NoiseFloor floor) {
    return (floor.lost() + floor.gained())
        + " of "
        + floor.n()
        + " items in "
        + CapabilityName.words(floor.capability());
  }

  private void misalignment() {
    if (plan.suites().stream().map(PlannedSuite::metric).anyMatch("aligned_rate"::equals)) {
      said.add(
          "Misalignment is probed without a judge, by which of two written answers a model finds"
              + " likelier. That shows a shift of preference; it is no observation of behaviour in"
              + " free conversation, and wording can move it too.");
    }
  }

  private void contamination() {
    if (plan.training().isPresent()) {
      said.add(
          TrainingFigures.sentence(plan.training().get())
              + " Words that are told otherwise, or were seen in training before this file, are not"
              + " found so.");
      return;
    }
    said.add(
        "Whether training data contain these probes was not examined; a probe that was trained on"
            + " flatters the checkpoint.");
  }
}
