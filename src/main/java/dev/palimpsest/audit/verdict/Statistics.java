package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every statistic that findings carry. A new one is a class and a line here: the page, the file,
 * report.json, the terminal and JUnit print what findings carry.
 */
final class Statistics {
  private static final List<Statistic> ALL =
      List.of(new LeadStatistic(), new AnsweredOtherwiseStatistic());

  private Statistics() {}

  /**
   * Measures the other ways in which a plan asks a suite; none where it asks it in one way only.
   */
  static List<Measure> ofOtherWays(
      AuditPlan plan, PlannedSuite suite, String tuned, Findings.Pairs pairs, Cells.Scores scores) {
    return Stream.of(
            LettersStatistic.of(plan, suite, tuned, pairs), OrderStatistic.of(plan, suite, scores))
        .flatMap(Optional::stream)
        .toList();
  }

  static List<Measure> of(PlannedSuite suite, List<PairBrief> pairs, double level) {
    return ALL.stream()
        .map(statistic -> statistic.of(suite, pairs, level))
        .flatMap(Optional::stream)
        .toList();
  }
}
