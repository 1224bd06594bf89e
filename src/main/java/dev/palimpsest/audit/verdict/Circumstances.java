package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.ClusteredPairs;
import dev.palimpsest.stats.ExcessFlips;
import dev.palimpsest.stats.FixedSuite;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.LossAndGain;
import dev.palimpsest.stats.PairedTable;
import dev.palimpsest.stats.Tango;
import java.util.List;
import java.util.Optional;

/**
 * What bears on how a finding is read, beside its gate.
 *
 * @param pChange two-sided, of "nothing changed", whole clusters changing sides; what Holm adjusts
 * @param pairs how the items are clustered; empty without any that can be compared
 * @param score Tango's interval of tuned − base, which takes items as independent
 * @param fixedSuite the change of this very suite, as far as it did not run and as far as the base
 *     turns against itself; empty where it is not known how many items the suite has
 * @param floor share of the items that the base turns against itself; 0 where that was not measured
 * @param excess flips beyond those of the base against itself; empty where that was not measured
 * @param lossAndGain beyond guessing; empty without items
 * @param marginShareOfSkill the share of the base's skill above guessing that the margin lets go;
 *     NaN where the base has none
 * @param drift by topic and cluster
 */
public record Circumstances(
    double pChange,
    Optional<ClusteredPairs> pairs,
    Interval score,
    Optional<Interval> fixedSuite,
    double floor,
    Optional<ExcessFlips> excess,
    Optional<LossAndGain> lossAndGain,
    double marginShareOfSkill,
    List<Drift> drift) {
  /** Of a finding of which nothing else is known. */
  public static final Circumstances UNKNOWN =
      new Circumstances(
          1,
          Optional.empty(),
          new Interval(-1, 1),
          Optional.empty(),
          0,
          Optional.empty(),
          Optional.empty(),
          Double.NaN,
          List.of());

  public Circumstances {
    drift = List.copyOf(drift);
  }

  /** Tells whether the items tell less than as many independent ones, which the gate allows for. */
  public boolean isClustered() {
    return pairs.filter(ClusteredPairs::isClustered).isPresent();
  }

  /** Returns the interval of tuned − base that would decide at a two-sided level. */
  Interval intervalAt(double level) {
    return pairs
        .map(found -> new FindingsInterval(found, (1 - level) / 2, floor).drop().negated())
        .orElse(new Interval(-1, 1));
  }

  static Circumstances of(FindingsEvidence evidence, Interval delta, double alpha) {
    PairedTable table = evidence.table();
    if (table.n() == 0) {
      return UNKNOWN;
    }
    PlannedSuite suite = evidence.suite();
    double level = 1 - 2 * alpha;
    return new Circumstances(
        evidence.p(),
        evidence.pairs(),
        Tango.interval(table, level).negated(),
        fixed(evidence, delta, level),
        evidence.floorShare(),
        evidence
            .floor()
            .map(
                floor ->
                    ExcessFlips.of(
                        table.discordant(),
                        table.n(),
                        floor.lost() + floor.gained(),
                        floor.n(),
                        level)),
        Optional.of(LossAndGain.of(table, suite.chance())),
        LossAndGain.shareOfSkill(suite.margin(), table.baseRate(), suite.chance()),
        evidence.drift());
  }

  private static Optional<Interval> fixed(FindingsEvidence evidence, Interval delta, double level) {
    int n = evidence.table().n();
    int population = evidence.suite().population();
    if (population < n) {
      return Optional.empty();
    }
    return Optional.of(
        FixedSuite.interval(
            0 - evidence.table().drop(),
            delta,
            FixedSuite.factor(n, population),
            FixedSuite.noise(level, evidence.floorShare(), n)));
  }
}
