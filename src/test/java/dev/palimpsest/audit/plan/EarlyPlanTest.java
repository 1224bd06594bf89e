package dev.palimpsest.audit.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.inference.DType;
import dev.palimpsest.prompt.PromptEncoders;
import dev.palimpsest.suite.SuiteLibrary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans whose gates may be decided at any item. */
final class EarlyPlanTest {
  private static final String PASSAGE =
      """
      {"id":"facts-9%d","kind":"choice","tier":"easy","topic":"things","cluster":"one-passage",\
      "question":"What does passage %d say?","choices":["this","that"],"answer":0}""";

  @TempDir private Path folder;

  @Test
  void ofItemsThatShareAClusterOneIsAsked() {
    TinySuites suites = new TinySuites(folder);
    suites.library(6);
    suites.with("facts", PASSAGE.formatted(1, 1));
    SuiteLibrary library = suites.with("facts", PASSAGE.formatted(2, 2));
    AuditPlanner planner = new AuditPlanner(library, PromptEncoders::open);
    PlannedSuite all = facts(planner, Depth.FULL);
    PlannedSuite independent = facts(planner, Depth.CERTIFY);
    assertThat(all.itemIds()).hasSize(8);
    assertThat(independent.itemIds())
        .hasSize(7)
        .isEqualTo(all.itemIds().stream().filter(independent.itemIds()::contains).toList());
  }

  private static PlannedSuite facts(AuditPlanner planner, Depth depth) {
    return planner.suites(List.of("facts"), depth, Policy.standard(), 3).get(0);
  }

  @Test
  void aPlanSaysHowManyItemsAreExpected() {
    PlannedSuite suite =
        new PlannedSuite(
            "knowledge",
            "1.0.0",
            "aa",
            "knowledge",
            "accuracy",
            IntStream.range(0, 500).mapToObj(i -> "k-" + i).toList(),
            0.05,
            0.25,
            Map.of());
    AuditPower power = AuditPower.of(Depth.CERTIFY, List.of(suite), 0.05);
    assertThat(power.gates().get(0).sentence())
        .startsWith("Knowledge: at the margin of 5.0 points about 2")
        .contains(" of 500 items are expected where nothing was lost and 10% of them change sides");
    assertThat(power.sentence())
        .startsWith("A checkpoint that lost nothing is expected to be asked about 2")
        .endsWith("damage is found in far fewer.");
    assertThat(power.gates().get(0).scenarios().get(1).itemsNeeded()).isBetween(240, 320);
  }

  @Test
  void aTimeBudgetIsForPlansThatDecideEarly() {
    assertThatThrownBy(() -> request(Depth.QUICK, 5))
        .isInstanceOf(PlanException.class)
        .hasMessage(
            "A time budget of 5 minutes was given with the plan quick, which runs all of its items;"
                + " leave it out or use the plan certify.");
    assertThatThrownBy(() -> request(Depth.CERTIFY, 0))
        .hasMessage("The time budget is 0 minutes; it should be at least 1.");
    assertThat(request(Depth.CERTIFY, 5).budgetMinutes()).contains(5);
  }

  private static PlanRequest request(Depth depth, int minutes) {
    return new PlanRequest(
        "",
        new Candidate("base", Path.of("base")),
        List.of(new Candidate("tuned", Path.of("tuned"))),
        List.of(),
        depth,
        Policy.standard(),
        DType.FLOAT32,
        0,
        TemplateChoice.OWN,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(minutes),
        Map.of());
  }
}
