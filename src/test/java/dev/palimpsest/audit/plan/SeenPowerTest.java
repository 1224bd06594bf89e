package dev.palimpsest.audit.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.stats.NonInferiorityPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a plan can prove, by what earlier audits of its base saw. */
final class SeenPowerTest {
  private static final List<PlannedSuite> SUITES =
      List.of(suite("knowledge", 275), suite("reasoning", 363));

  @Test
  void withoutEarlierAuditsThereIsNothingToSay() {
    assertThat(SeenPower.of(SUITES, 0.05, Map.of())).isEqualTo(Optional.empty());
  }

  @Test
  void theSharesThatWereSeenTakeThePlaceOfAssumptions() {
    SeenPower power =
        SeenPower.of(
                SUITES,
                0.05,
                Map.of("knowledge", new SuiteHistory("knowledge", 3, 0.12, 0.2, 0.55)))
            .orElseThrow();
    NonInferiorityPlan plan = NonInferiorityPlan.STANDARD;

    assertThat(power.chance())
        .isCloseTo(
            plan.chance(275, 0.05, 0.12, 0) * plan.chance(363, 0.05, 0.10, 0), within(1e-12));
    assertThat(power.gates()).extracting(SeenPower.Gate::seen).containsExactly(true, false);
    assertThat(power.sentence())
        .startsWith(
            "Where as many items change sides as in earlier audits of this base (median by suite:"
                + " knowledge 12%; reasoning 10%, assumed), a checkpoint that lost nothing passes all"
                + " gates together with a chance of ")
        .contains("; for 80% it takes knowledge ")
        .endsWith(" items.");
  }

  @Test
  void asManyItemsAsItSaysSuffice() {
    Map<String, SuiteHistory> seen =
        Map.of("knowledge", new SuiteHistory("knowledge", 3, 0.12, 0.2, 0.55));
    List<PlannedSuite> more =
        SeenPower.of(SUITES, 0.05, seen).orElseThrow().gates().stream()
            .map(gate -> suite(gate.suite(), Math.max(gate.items(), gate.itemsNeeded())))
            .toList();

    assertThat(SeenPower.of(more, 0.05, seen).orElseThrow().suffices()).isTrue();
  }

  /** Five points of the thirty above guessing that the base has are a sixth. */
  @Test
  void aMarginIsToldAsTheSkillThatItLetsGo() {
    assertThat(
            SeenPower.of(
                    SUITES,
                    0.05,
                    Map.of(
                        "knowledge", new SuiteHistory("knowledge", 1, 0.1, 0.1, 0.55),
                        "reasoning", new SuiteHistory("reasoning", 1, 0.1, 0.1, 0.24)))
                .orElseThrow()
                .skill())
        .isEqualTo(
            "Of the skill above guessing that the base showed before, the margins let go 17% in"
                + " knowledge, all there is in reasoning.");
  }

  private static PlannedSuite suite(String id, int items) {
    List<String> ids = IntStream.range(0, items).mapToObj(i -> "item-" + i).toList();
    return new PlannedSuite(id, "1.0.0", "00", id, "accuracy", ids, 0.05, 0.25, Map.of());
  }
}
