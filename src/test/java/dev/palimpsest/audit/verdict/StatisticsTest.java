package dev.palimpsest.audit.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.Outcome.State;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.Pairs;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.Plans;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StatisticsTest {
  private static final double LEVEL = 0.90;

  private static final PlannedSuite SUITE =
      new PlannedSuite(
          "suite", "1.0.0", "00", "knowledge", "accuracy", List.of(), 0.05, 0.25, Map.of());

  /** Differences of 1, 2 and 3 nats: Student's quantile for two degrees of freedom is 2.91999. */
  @Test
  void theLeadIsTheMeanChangeWithATInterval() {
    Measure lead =
        new LeadStatistic()
            .of(SUITE, Pairs.briefs(List.of(pair(1, 2), pair(0, 2), pair(-1, 2))), LEVEL)
            .orElseThrow();

    assertThat(lead.value()).isEqualTo(2);
    assertThat(lead.interval().high()).isCloseTo(2 + 2.91999 / Math.sqrt(3), within(1e-4));
    assertThat(lead.text(LEVEL))
        .isEqualTo("+2.00 nats (90% interval +0.31 to +3.69), from 0.00 to +2.00; not gated");
  }

  @Test
  void whatHasNoLeadIsNotMeasured() {
    assertThat(new LeadStatistic().of(SUITE, Pairs.briefs(Pairs.of(10, 2, 3, 5)), LEVEL)).isEmpty();
    assertThat(Statistics.of(SUITE, List.of(), LEVEL)).isEmpty();
  }

  @Test
  void answersThatChangedWithoutChangingSidesAreAShareOfThoseThatKeptThem() {
    List<PairedOutcome> pairs =
        List.of(answers("a", "a", 1), answers("a", "b", 1), answers("a", "c", 0));

    assertThat(Statistics.of(SUITE, Pairs.briefs(pairs), LEVEL))
        .singleElement()
        .extracting(measure -> measure.text(LEVEL))
        .isEqualTo("50%, 1 of 2 items that kept their side; not gated");
  }

  /** One of four turns: Clopper and Pearson at 90% from 0.0127 to 0.7514 (R's binom.test). */
  @Test
  void whatTheBaseAnswersOtherwiseInAnotherOrderIsAShareOfWhatItWroteTwice() {
    Map<String, Boolean> first = Map.of("a", true, "b", true, "c", false, "d", false, "e", true);
    Map<String, Boolean> second = Map.of("a", true, "b", false, "c", false, "d", false);
    Cells.Scores scores =
        (suite, arm) ->
            switch (suite) {
              case "suite:written" -> first;
              case "suite:reordered" -> second;
              default -> Map.of();
            };

    Measure turned = OrderStatistic.of(Plans.small(), SUITE, scores).orElseThrow();

    assertThat(turned.value()).isEqualTo(0.25);
    assertThat(turned.interval().low()).isCloseTo(0.0127, within(1e-4));
    assertThat(turned.interval().high()).isCloseTo(0.7514, within(1e-4));
    assertThat(OrderStatistic.of(Plans.small(), SUITE, (suite, arm) -> Map.of())).isEmpty();
  }

  private static PairedOutcome answers(String base, String tuned, double tunedScore) {
    return new PairedOutcome(
        outcome("base", 1, base, Map.of()), outcome("tuned", tunedScore, tuned, Map.of()));
  }

  private static PairedOutcome pair(double base, double tuned) {
    return new PairedOutcome(
        outcome("base", 1, "a", Map.of("margin", base)),
        outcome("tuned", 1, "a", Map.of("margin", tuned)));
  }

  private static Outcome outcome(
      String arm, double score, String output, Map<String, Double> details) {
    return new Outcome(
        "suite", "item", arm, State.SCORED, score, "prompt", output, "", "", details);
  }
}
