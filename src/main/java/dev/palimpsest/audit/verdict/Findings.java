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
import dev.palimpsest.stats.Tango;
import java.util.ArrayList;
import java.util.List;
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

  /** One suite on one tuned arm, before the others are known. */
  private record Evidence(
      PlannedSuite suite, String tuned, FindingsCounts counts, List<Measure> measures) {
    static Evidence of(PlannedSuite suite, String tuned, List<PairBrief> pairs, double alpha) {
      return new Evidence(
          suite, tuned, FindingsCounts.of(pairs), Statistics.of(pairs, 1 - 2 * alpha));
    }

    PairedTable table() {
      return counts.table();
    }

    double p() {
      return McNemar.midP(table());
    }
  }

  private Findings() {}

  /**
   * Judges every suite on every tuned arm, by arm, in plan order.
   *
   * <p>A gain is claimed where it withstands Holm's correction over all of these findings; losses
   * and certificates are judged each on its own (docs/STATISTICS.md, "How many claims").
   */
  public static List<Finding> of(AuditPlan plan, Pairs pairs) {
    List<Evidence> all = new ArrayList<>();
    for (Arm arm : plan.tuned()) {
      for (PlannedSuite suite : plan.suites()) {
        List<PairBrief> found = pairs.of(suite.suite(), arm.name());
        all.add(Evidence.of(suite, arm.name(), found, plan.alpha()));
      }
    }
    double[] holm = Multiplicity.holm(all.stream().mapToDouble(Evidence::p).toArray());
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
    Evidence evidence = Evidence.of(suite, tuned, pairs, alpha);
    return finding(evidence, new FindingsClaims(1, evidence.p(), alpha));
  }

  private static Finding finding(Evidence evidence, FindingsClaims claims) {
    PlannedSuite suite = evidence.suite();
    PairedTable table = evidence.table();
    int notComparable = evidence.counts().notComparable();
    double level = 1 - 2 * claims.alpha();
    Interval drop = table.n() == 0 ? new Interval(-1, 1) : Tango.interval(table, level);
    Verdict proven = VerdictGrammar.judge(drop, suite.margin(), claims.gainHolds());
    Optional<FindingsDoubt> doubt = FindingsDoubt.of(suite, table, notComparable);
    Verdict verdict =
        doubt.map(d -> d.survivor(proven, table, notComparable, suite, level)).orElse(proven);
    return finding(evidence, claims, drop.negated(), verdict, doubt);
  }

  private static Finding finding(
      Evidence evidence,
      FindingsClaims claims,
      Interval delta,
      Verdict verdict,
      Optional<FindingsDoubt> doubt) {
    PlannedSuite suite = evidence.suite();
    PairedTable table = evidence.table();
    NonInferiorityPlan plan = new NonInferiorityPlan(claims.alpha(), POWER);
    int itemsNeeded = verdict.isOpen() ? itemsNeeded(plan, suite, table) : 0;
    String sentence =
        new FindingsSentence(suite, evidence.counts(), delta, verdict, doubt, itemsNeeded, claims)
            .text();
    double change = table.n() == 0 ? 0 : (double) (table.gained() - table.lost()) / table.n();
    return new Finding(
        suite.suite(),
        suite.capability(),
        evidence.tuned(),
        suite.metric(),
        new Finding.Counts(table, evidence.counts().notComparable()),
        new Finding.Change(change, delta, evidence.p(), claims.pHolm()),
        new Finding.Gate(
            suite.margin(),
            table.n() == 0 ? 1 : Tango.nonInferiority(table, suite.margin()),
            table.n() == 0 ? 1 : plan.smallestMargin(table.n(), table.discordance()),
            itemsNeeded,
            verdict,
            sentence),
        evidence.measures());
  }

  /**
   * Returns the items that would decide if the rest came out like these.
   *
   * <p>An observed gain is not counted on: the sample size is that of no drop at all.
   */
  private static int itemsNeeded(NonInferiorityPlan plan, PlannedSuite suite, PairedTable table) {
    double drop = Math.max(0, table.drop());
    int needed = plan.itemsNeeded(suite.margin(), table.discordance(), drop);
    return Math.max(needed, table.n() + 1);
  }
}
