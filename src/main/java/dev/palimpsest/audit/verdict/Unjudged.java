package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.ClopperPearson;
import dev.palimpsest.stats.PairedTable;
import java.util.Optional;

/**
 * Tells a base that has nothing to lose in a suite from a run that does not tell enough.
 *
 * <p>Where the base guesses or has hardly an item right, no audit of this base could vouch for the
 * suite: that is named and is in nobody's way. Where items lack scores, or are too few to tell a
 * base that guesses from one that does better, another run would tell: that keeps a release from
 * passing.
 */
final class Unjudged {
  /**
   * A base that may do better than guessing by more than this has something to lose. A suite of few
   * items would else count as one that the base cannot do, and fewer items pass more easily.
   */
  static final double LARGEST_HIDDEN_SKILL = 0.10;

  private static final double ALPHA = 0.05;

  private Unjudged() {}

  /**
   * Returns why a suite with this finding cannot tell on this base; empty where it told something,
   * or where another run could.
   *
   * @param suite as it was planned
   */
  static Optional<String> reason(PlannedSuite suite, Finding finding) {
    if (finding.verdict() != Verdict.UNINFORMATIVE) {
      return Optional.empty();
    }
    return reason(suite, finding.counts().table(), finding.notComparable());
  }

  private static Optional<String> reason(PlannedSuite suite, PairedTable table, int missing) {
    String name = CapabilityName.subject(suite.capability()) + " was not judged: ";
    return FindingsDoubt.of(suite, table, missing)
        .filter(
            doubt ->
                switch (doubt.kind()) {
                  case TOO_FEW_PAIRS, TOO_MANY_NOT_COMPARABLE -> false;
                  case BASE_AT_CHANCE -> hiddenSkill(suite, table) <= LARGEST_HIDDEN_SKILL;
                  case BASE_AT_FLOOR -> true;
                })
        .map(doubt -> name + doubt.reason() + bound(doubt, suite, table) + ".");
  }

  /** Says how much skill above guessing the items do not exclude. */
  private static String bound(FindingsDoubt doubt, PlannedSuite suite, PairedTable table) {
    return doubt.kind() == FindingsDoubt.Kind.BASE_AT_CHANCE
        ? "; it can have at most "
            + Points.of(Math.max(0, hiddenSkill(suite, table)))
            + " points above guessing to lose"
        : "";
  }

  /** Returns by how much the base may do better than guessing, at 95% confidence. */
  static double hiddenSkill(PlannedSuite suite, PairedTable table) {
    int right = table.bothRight() + table.lost();
    return ClopperPearson.upper(right, table.n(), ALPHA) - suite.chance();
  }
}
