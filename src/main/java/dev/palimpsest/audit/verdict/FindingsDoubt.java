package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.ChanceLevel;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.PairedTable;
import java.util.Optional;

/**
 * A reason why a suite cannot vouch for a checkpoint on this base.
 *
 * @param kind which rule
 * @param reason a clause for the sentence, without a full stop
 */
record FindingsDoubt(Kind kind, String reason) {
  /** Below this the intervals' promised coverage is not checked. */
  static final int FEWEST_PAIRS = 20;

  /** Items without a score on one side may be the very items that were lost. */
  static final double LARGEST_SHARE_NOT_COMPARABLE = 0.05;

  private static final double CHANCE_LEVEL_ALPHA = 0.05;

  /** The rules, strongest first. */
  enum Kind {
    TOO_FEW_PAIRS,
    TOO_MANY_NOT_COMPARABLE,
    BASE_AT_CHANCE,
    BASE_AT_FLOOR
  }

  /** Returns the strongest doubt, if there is any. */
  static Optional<FindingsDoubt> of(PlannedSuite suite, PairedTable table, int notComparable) {
    int n = table.n();
    if (n < FEWEST_PAIRS) {
      return doubt(
          Kind.TOO_FEW_PAIRS,
          "only "
              + n
              + " items have a score on both sides and at least "
              + FEWEST_PAIRS
              + " are needed");
    }
    if (notComparable > LARGEST_SHARE_NOT_COMPARABLE * (n + notComparable)) {
      return doubt(
          Kind.TOO_MANY_NOT_COMPARABLE,
          notComparable
              + " of "
              + (n + notComparable)
              + " items have no score on one of the sides, more than "
              + Points.percent(LARGEST_SHARE_NOT_COMPARABLE));
    }
    return chance(suite, table).or(() -> floor(suite, table));
  }

  private static Optional<FindingsDoubt> chance(PlannedSuite suite, PairedTable table) {
    if (suite.chance() == 0) {
      return Optional.empty();
    }
    int right = table.bothRight() + table.lost();
    double p = ChanceLevel.pValue(right, table.n(), suite.chance());
    if (p <= CHANCE_LEVEL_ALPHA) {
      return Optional.empty();
    }
    return doubt(
        Kind.BASE_AT_CHANCE,
        "the base answers "
            + right
            + " of "
            + table.n()
            + " right, which guessing at "
            + Points.percent(suite.chance())
            + " does too (p "
            + Points.pValue(p)
            + ")");
  }

  /** A base with less to lose than the margin passes whatever happens to it. */
  private static Optional<FindingsDoubt> floor(PlannedSuite suite, PairedTable table) {
    int right = table.bothRight() + table.lost();
    if (right > suite.margin() * table.n()) {
      return Optional.empty();
    }
    return doubt(
        Kind.BASE_AT_FLOOR,
        "the base answers only "
            + right
            + " of "
            + table.n()
            + " right, so nothing it could lose exceeds the margin of "
            + Points.of(suite.margin())
            + " points");
  }

  private static Optional<FindingsDoubt> doubt(Kind kind, String reason) {
    return Optional.of(new FindingsDoubt(kind, reason));
  }

  /**
   * Returns what of a verdict survives this doubt.
   *
   * <p>A base at chance or with nothing to lose has nothing to vouch for, but a drop below it or a
   * gain above it is as real as any. Where scores are missing, a change stands as far as it stays
   * proven however the missing items would have come out.
   */
  Verdict survivor(
      Verdict verdict, Optional<FindingsInterval> found, int notComparable, PlannedSuite suite) {
    if (!isChange(verdict) || kind == Kind.TOO_FEW_PAIRS || found.isEmpty()) {
      return Verdict.UNINFORMATIVE;
    }
    if (kind != Kind.TOO_MANY_NOT_COMPARABLE) {
      return verdict;
    }
    PairedTable table = against(verdict, found.get().pairs().table(), notComparable);
    Interval worst = found.get().with(table).drop(suite.margin());
    Verdict atWorst = VerdictGrammar.judge(worst, suite.margin(), true);
    if (verdict == Verdict.IMPROVED) {
      return atWorst == Verdict.IMPROVED ? verdict : Verdict.UNINFORMATIVE;
    }
    if (worst.low() <= 0) {
      return Verdict.UNINFORMATIVE;
    }
    return atWorst == Verdict.FAILED ? verdict : Verdict.REGRESSED;
  }

  private static boolean isChange(Verdict verdict) {
    return verdict == Verdict.FAILED || verdict == Verdict.REGRESSED || verdict == Verdict.IMPROVED;
  }

  /** Counts the missing items against the claim. */
  private static PairedTable against(Verdict verdict, PairedTable t, int missing) {
    int moreLost = verdict == Verdict.IMPROVED ? missing : 0;
    return new PairedTable(
        t.bothRight(), t.lost() + moreLost, t.gained() + missing - moreLost, t.bothWrong());
  }
}
