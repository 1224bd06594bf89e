package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.McNemar;
import dev.palimpsest.stats.Multiplicity;
import dev.palimpsest.stats.NonInferiorityPlan;
import dev.palimpsest.stats.PairedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes findings of paired outcomes: the counts, the interval of the difference, the verdict and
 * the sentence that says it.
 */
public final class Findings {
  private static final double POWER = 0.80;

  /** Reads what counts are made from of one suite and tuned arm. */
  @FunctionalInterface
  public interface Pairs {
    /** Returns the suite's items that have an outcome on both arms; may be empty. */
    List<PairBrief> of(String suite, String tuned);
  }

  private Findings() {}

  /** Judges every suite on every tuned arm where neither noise nor other forms were measured. */
  public static List<Finding> of(AuditPlan plan, Pairs pairs) {
    return of(plan, pairs, List.of(), (suite, arm) -> Map.of());
  }

  /**
   * Judges every suite on every tuned arm, by arm, in plan order.
   *
   * <p>A gain is claimed where it withstands Holm's correction over all of these findings; losses
   * and certificates are judged each on its own (docs/STATISTICS.md, "How many claims").
   *
   * @param noise what the base changes against itself, by suite; empty where it was not measured
   * @param scores of suites and of their other forms
   */
  public static List<Finding> of(
      AuditPlan plan, Pairs pairs, List<NoiseFloor> noise, Cells.Scores scores) {
    List<FindingsEvidence> all = new ArrayList<>();
    for (Arm arm : plan.tuned()) {
      for (PlannedSuite suite : plan.suites()) {
        all.add(
            FindingsEvidence.of(
                    suite,
                    arm.name(),
                    pairs.of(suite.suite(), arm.name()),
                    plan.alpha(),
                    noise.stream().filter(floor -> floor.suite().equals(suite.suite())).findFirst(),
                    Rise.of(suite.suite(), plan.base().name(), arm.name(), scores))
                .with(Statistics.ofOtherWays(plan, suite, arm.name(), pairs, scores)));
      }
    }
    double[] holm = Multiplicity.holm(all.stream().mapToDouble(FindingsEvidence::p).toArray());
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < holm.length; i++) {
      findings.add(finding(all.get(i), new FindingsClaims(holm.length, holm[i], plan.alpha())));
    }
    return findings;
  }

  /**
   * Judges one suite on one tuned arm, as if it were all that was looked at.
   *
   * @param suite as the plan froze it
   * @param tuned the tuned arm's name
   * @param pairs the suite's items that have an outcome on both arms; may be empty
   * @param alpha one-sided level of the gate, in (0, 0.5); the interval's level is 1 − 2α
   */
  static Finding alone(PlannedSuite suite, String tuned, List<PairBrief> pairs, double alpha) {
    return alone(suite, tuned, pairs, alpha, Optional.empty(), Rise.UNTOLD);
  }

  static Finding alone(
      PlannedSuite suite,
      String tuned,
      List<PairBrief> pairs,
      double alpha,
      Optional<NoiseFloor> floor,
      Rise rise) {
    FindingsEvidence evidence = FindingsEvidence.of(suite, tuned, pairs, alpha, floor, rise);
    return finding(evidence, new FindingsClaims(1, evidence.p(), alpha));
  }

  private static Finding finding(FindingsEvidence evidence, FindingsClaims claims) {
    PlannedSuite suite = evidence.suite();
    Optional<FindingsInterval> interval =
        evidence
            .pairs()
            .map(pairs -> new FindingsInterval(pairs, claims.alpha(), evidence.floorShare()));
    Interval drop = interval.map(one -> one.drop(suite.margin())).orElse(new Interval(-1, 1));
    Verdict proven = VerdictGrammar.judge(drop, suite.margin(), claims.gainHolds());
    int notComparable = evidence.counts().notComparable();
    Optional<FindingsDoubt> doubt = FindingsDoubt.of(suite, evidence.table(), notComparable);
    Verdict verdict =
        doubt.map(d -> d.survivor(proven, interval, notComparable, suite)).orElse(proven);
    return finding(evidence, claims, drop.negated(), verdict, doubt);
  }

  private static Finding finding(
      FindingsEvidence evidence,
      FindingsClaims claims,
      Interval delta,
      Verdict verdict,
      Optional<FindingsDoubt> doubt) {
    PlannedSuite suite = evidence.suite();
    PairedTable table = evidence.table();
    NonInferiorityPlan plan = new NonInferiorityPlan(claims.alpha(), POWER);
    int itemsNeeded = verdict.isOpen() ? itemsNeeded(plan, evidence) : 0;
    String sentence =
        new FindingsSentence(evidence, delta, verdict, doubt, itemsNeeded, claims).text()
            + TierClaim.of(evidence, verdict, claims.alpha());
    double change = table.n() == 0 ? 0 : (double) (table.gained() - table.lost()) / table.n();
    return new Finding(
        suite.suite(),
        suite.capability(),
        evidence.tuned(),
        suite.metric(),
        new Finding.Counts(table, evidence.counts().notComparable()),
        new Finding.Change(change, delta, McNemar.midP(table), claims.pHolm()),
        new Finding.Gate(
            suite.margin(),
            evidence
                .pairs()
                .map(pairs -> new FindingsInterval(pairs, claims.alpha(), 0))
                .map(one -> one.pNonInferiority(suite.margin()))
                .orElse(1.0),
            smallestMargin(plan, evidence),
            itemsNeeded,
            verdict,
            sentence),
        evidence.measures(),
        Circumstances.of(evidence, delta, claims.alpha()));
  }

  private static double smallestMargin(NonInferiorityPlan plan, FindingsEvidence evidence) {
    return evidence
        .pairs()
        .map(pairs -> Math.max(1, (int) pairs.effectiveItems()))
        .map(items -> plan.smallestMargin(items, evidence.table().discordance()))
        .orElse(1.0);
  }

  /**
   * Returns the items that would decide if the rest came out like these, clustered as these are.
   *
   * <p>An observed gain is not counted on: the sample size is that of no drop at all.
   */
  private static int itemsNeeded(NonInferiorityPlan plan, FindingsEvidence evidence) {
    PairedTable table = evidence.table();
    double drop = Math.max(0, table.drop());
    int needed = plan.itemsNeeded(evidence.suite().margin(), table.discordance(), drop);
    double effect = evidence.pairs().map(pairs -> table.n() / pairs.effectiveItems()).orElse(1.0);
    return (int) Math.max(Math.ceil(needed * effect), table.n() + 1.0);
  }
}
