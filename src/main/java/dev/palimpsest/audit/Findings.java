package dev.palimpsest.audit;

import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.McNemar;
import dev.palimpsest.stats.NonInferiorityPlan;
import dev.palimpsest.stats.PairedTable;
import dev.palimpsest.stats.Tango;
import java.util.List;
import java.util.Optional;

/**
 * Makes findings of paired outcomes: the counts, the interval of the difference, the verdict and
 * the sentence that says it.
 */
public final class Findings {
  private static final double POWER = 0.80;

  private Findings() {}

  /**
   * Judges one suite on one tuned arm.
   *
   * @param suite as the plan froze it
   * @param tuned the tuned arm's name
   * @param pairs the suite's items that have an outcome on both arms; may be empty
   * @param alpha one-sided level of the gate, in (0, 0.5); the interval's level is 1 − 2α
   */
  public static Finding of(
      PlannedSuite suite, String tuned, List<PairedOutcome> pairs, double alpha) {
    return of(suite, tuned, FindingsCounts.of(pairs), alpha);
  }

  /** Judges one suite on one tuned arm by how many of its items came out which way. */
  static Finding of(PlannedSuite suite, String tuned, FindingsCounts counts, double alpha) {
    PairedTable table = counts.table();
    double level = 1 - 2 * alpha;
    Interval drop = table.n() == 0 ? new Interval(-1, 1) : Tango.interval(table, level);
    Verdict proven = VerdictGrammar.judge(drop, suite.margin());
    Optional<FindingsDoubt> doubt = FindingsDoubt.of(suite, table, counts.notComparable());
    Verdict verdict =
        doubt
            .filter(d -> !d.leavesStanding(proven, table, counts.notComparable(), suite, level))
            .map(d -> Verdict.UNINFORMATIVE)
            .orElse(proven);
    return finding(suite, tuned, counts, drop, verdict, doubt, alpha);
  }

  private static Finding finding(
      PlannedSuite suite,
      String tuned,
      FindingsCounts counts,
      Interval drop,
      Verdict verdict,
      Optional<FindingsDoubt> doubt,
      double alpha) {
    PairedTable table = counts.table();
    Interval delta = drop.negated();
    NonInferiorityPlan plan = new NonInferiorityPlan(alpha, POWER);
    int itemsNeeded = verdict == Verdict.INCONCLUSIVE ? itemsNeeded(plan, suite, table) : 0;
    return new Finding(
        suite.suite(),
        suite.capability(),
        tuned,
        suite.metric(),
        table.n(),
        table.baseRate(),
        table.tunedRate(),
        table.n() == 0 ? 0 : (double) (table.gained() - table.lost()) / table.n(),
        delta.low(),
        delta.high(),
        McNemar.midP(table),
        table.n() == 0 ? 1 : Tango.nonInferiority(table, suite.margin()),
        table.bothRight(),
        table.lost(),
        table.gained(),
        table.bothWrong(),
        counts.notComparable(),
        suite.margin(),
        table.n() == 0 ? 1 : plan.smallestMargin(table.n(), table.discordance()),
        itemsNeeded,
        verdict,
        new FindingsSentence(suite, counts, delta, verdict, doubt, itemsNeeded, alpha).text());
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
