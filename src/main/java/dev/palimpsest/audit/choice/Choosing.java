package dev.palimpsest.audit.choice;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.ChoicePlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.audit.verdict.Findings;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.audit.verdict.ReleaseVerdicts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Chooses one of the tuned arms and certifies it (docs/STATISTICS.md, "Choosing one of several").
 *
 * <p>On halves: an arm is admissible if on half A no suite but those of the skill proves a drop or
 * shows one as large as its margin. Of the admissible arms those keep the gain whose gain lies
 * within one standard error of the largest (the rule of L. Breiman et al., Classification and
 * Regression Trees, 1984); of these the one that lost the smallest share of a margin is chosen.
 * Without a suite that asks for the skill nothing tells how much was learnt, and the last
 * admissible arm in the plan's order is chosen, the largest scale or the latest checkpoint. What is
 * chosen is judged once, on half B, by the usual findings: as it was fixed before B was looked at,
 * its level is that of a single checkpoint.
 *
 * <p>In sequence: each arm in the plan's order on all items, until the first that does not pass;
 * the last that passed is chosen. With the order fixed beforehand this passes a wrong arm with
 * probability at most α (fixed-sequence testing: W. Maurer, L. A. Hothorn, W. Lehmacher, 1995).
 */
public final class Choosing {
  private final AuditPlan plan;
  private final ChoicePlan how;
  private final Findings.Pairs pairs;

  private Choosing(AuditPlan plan, ChoicePlan how, Findings.Pairs pairs) {
    this.plan = plan;
    this.how = how;
    this.pairs = pairs;
  }

  /**
   * Chooses, where the plan says so.
   *
   * @param pairs of every suite and tuned arm, all of them
   */
  public static Optional<Choice> of(AuditPlan plan, Findings.Pairs pairs) {
    return plan.choice().map(how -> new Choosing(plan, how, pairs).choose());
  }

  private Choice choose() {
    return how.rule() == ChoicePlan.Rule.HALVES ? onHalves() : inSequence();
  }

  private Choice onHalves() {
    Map<String, Halves> halves =
        plan.suites().stream()
            .collect(Collectors.toMap(PlannedSuite::suite, suite -> Halves.of(suite, how.seed())));
    List<Entrant> entrants = entrants(Findings.of(plan, within(halves, Halves::a)));
    Optional<Entrant> chosen = best(entrants);
    if (chosen.isEmpty()) {
      return new Choice(
          how, entrants, Optional.empty(), noneAdmissible(entrants), Optional.empty());
    }
    AuditPlan alone = plan.only(arm(chosen.get().tuned()));
    List<Finding> proof = Findings.of(alone, within(halves, Halves::b));
    return new Choice(
        how,
        entrants,
        Optional.of(chosen.get().tuned()),
        why(chosen.get(), entrants),
        Optional.of(certificate(chosen.get().tuned(), proof, "half B")));
  }

  private Choice inSequence() {
    List<Finding> findings = Findings.of(plan, pairs);
    List<Entrant> entrants = entrants(findings);
    List<Arm> passed = new ArrayList<>();
    Optional<Arm> stopped = Optional.empty();
    for (Arm arm : plan.tuned()) {
      if (ReleaseVerdicts.ofSuites(plan, of(arm.name(), findings)) != ReleaseVerdict.PASS) {
        stopped = Optional.of(arm);
        break;
      }
      passed.add(arm);
    }
    if (passed.isEmpty()) {
      String why =
          "None is chosen: %s comes first in the sequence and does not pass."
              .formatted(plan.tuned().get(0).name());
      return new Choice(how, entrants, Optional.empty(), why, Optional.empty());
    }
    String last = passed.get(passed.size() - 1).name();
    String why =
        stopped
            .map(
                arm -> "%s is the last before %s, which does not pass.".formatted(last, arm.name()))
            .orElse("%s is the last, and all %s pass.".formatted(last, passed.size()));
    return new Choice(
        how,
        entrants,
        Optional.of(last),
        why,
        Optional.of(certificate(last, of(last, findings), "all items")));
  }

  private Findings.Pairs within(Map<String, Halves> halves, Function<Halves, Set<String>> half) {
    Map<String, List<PairBrief>> known = new HashMap<>();
    return (suite, tuned) ->
        known.computeIfAbsent(
            suite + "\n" + tuned,
            key -> {
              Set<String> ids = half.apply(halves.get(suite));
              return pairs.of(suite, tuned).stream()
                  .filter(pair -> ids.contains(pair.itemId()))
                  .toList();
            });
  }

  private List<Entrant> entrants(List<Finding> findings) {
    return plan.tuned().stream().map(arm -> Entrant.of(arm, plan.suites(), findings)).toList();
  }

  private static Optional<Entrant> best(List<Entrant> entrants) {
    List<Entrant> admissible = entrants.stream().filter(Entrant::isAdmissible).toList();
    Optional<Entrant> most =
        admissible.stream()
            .filter(one -> one.gain().isPresent())
            .max(Comparator.comparingDouble(one -> one.gain().orElseThrow()));
    if (most.isEmpty()) {
      return admissible.stream().reduce((one, later) -> later);
    }
    double least = most.get().gain().orElseThrow() - most.get().gainError();
    return admissible.stream()
        .filter(one -> one.gain().orElseThrow() >= least)
        .min(Comparator.comparingDouble(Entrant::worstShare));
  }

  private String why(Entrant chosen, List<Entrant> entrants) {
    long barred = entrants.stream().filter(one -> !one.isAdmissible()).count();
    String others =
        barred == 0
            ? "no %s is barred by a loss".formatted(noun())
            : barred == 1
                ? "one is barred (%s: %s)"
                    .formatted(firstBarred(entrants).tuned(), firstBarred(entrants).obstacle())
                : "%s are barred (the first, %s: %s)"
                    .formatted(
                        barred, firstBarred(entrants).tuned(), firstBarred(entrants).obstacle());
    String reason =
        chosen
            .gain()
            .map(
                gain ->
                    (gain > 0
                                ? "it keeps the gain (%s points, within one standard error of the largest)"
                                : "none that is not barred shows a gain (its own is %s points)")
                            .formatted(Points.signed(gain))
                        + " and lost the smallest share of a margin")
            .orElse(
                "no suite asks for the skill, so the gain is not measured and the "
                    + (how.among() == ChoicePlan.Among.SCALES
                        ? "largest scale"
                        : "latest checkpoint")
                    + " that is not barred is taken");
    return "On half A %s is chosen: %s; of %s %ss %s."
        .formatted(chosen.tuned(), reason, entrants.size(), noun(), others);
  }

  private String noneAdmissible(List<Entrant> entrants) {
    Entrant nearest =
        entrants.stream().min(Comparator.comparingDouble(Entrant::worstShare)).orElseThrow();
    return "On half A none of the %s %ss is chosen, since each lost too much; the nearest is %s, where %s."
        .formatted(entrants.size(), noun(), nearest.tuned(), nearest.obstacle());
  }

  private static Entrant firstBarred(List<Entrant> entrants) {
    return entrants.stream().filter(one -> !one.isAdmissible()).findFirst().orElseThrow();
  }

  private String noun() {
    return how.among() == ChoicePlan.Among.SCALES ? "scale" : "checkpoint";
  }

  private Choice.Certificate certificate(String arm, List<Finding> findings, String where) {
    ReleaseVerdict verdict = ReleaseVerdicts.ofSuites(plan, findings);
    int items = findings.stream().mapToInt(Finding::n).sum();
    String gain =
        findings.stream()
            .filter(f -> isSkill(f.suite()))
            .map(
                f ->
                    "; %s %s points (%s %s to %s)"
                        .formatted(
                            CapabilityName.words(f.capability()),
                            Points.signed(f.delta()),
                            Points.intervalLabel(plan.level()),
                            Points.signed(f.ciLow()),
                            Points.signed(f.ciHigh())))
            .collect(Collectors.joining());
    String sentence =
        "On %s (%s items, judged once) %s %s%s."
            .formatted(where, items, arm, said(verdict, findings), gain);
    return new Choice.Certificate(items, findings, verdict, sentence);
  }

  private static String said(ReleaseVerdict verdict, List<Finding> findings) {
    List<String> open =
        findings.stream()
            .filter(f -> !f.verdict().passes())
            .map(
                f ->
                    "%s: %s"
                        .formatted(
                            CapabilityName.words(f.capability()),
                            f.verdict().word().toLowerCase(Locale.ROOT)))
            .toList();
    return switch (verdict) {
      case PASS -> "passes every gate";
      case FAIL -> "fails (" + String.join(", ", open) + ")";
      case NOT_PROVEN -> "is not proven (" + String.join(", ", open) + ")";
      case INCOMPLETE -> "is not judged";
    };
  }

  private boolean isSkill(String suite) {
    return plan.suites().stream().anyMatch(one -> one.skill() && one.suite().equals(suite));
  }

  private Arm arm(String name) {
    return plan.tuned().stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<Finding> of(String arm, List<Finding> findings) {
    return findings.stream().filter(f -> f.tuned().equals(arm)).toList();
  }
}
