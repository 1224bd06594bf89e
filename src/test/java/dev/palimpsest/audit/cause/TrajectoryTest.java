package dev.palimpsest.audit.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.Pairs;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.Plans;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.audit.verdict.Findings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checkpoints of a run of which it is laid down how many of 100 items each loses. */
final class TrajectoryTest {
  private static final List<String> RUN =
      List.of("checkpoint-300", "checkpoint-100", "checkpoint-200");

  @Test
  void saysUntilWhenNothingIsLostAndWhatFailsFromWhere() {
    Trajectory run =
        only(
            Map.of(
                "instruction", Map.of("checkpoint-300", 30),
                "knowledge", Map.of()));

    assertThat(run.checkpoints())
        .containsExactly("checkpoint-100", "checkpoint-200", "checkpoint-300");
    assertThat(run.sentence())
        .isEqualTo(
            "Over 3 checkpoints (checkpoint-100 to checkpoint-300) nothing lasting is proven lost"
                + " until checkpoint-200; instruction fails (−30.0 points) from checkpoint-300.");
    assertThat(run.turns())
        .extracting(Trajectory.Turn::suite, Trajectory.Turn::before, Trajectory.Turn::from)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(
                "instruction", Optional.of("checkpoint-200"), "checkpoint-300"));
  }

  @Test
  void saysWhereSuitesTurnOneAfterTheOther() {
    Trajectory run =
        only(
            Map.of(
                "instruction",
                Map.of("checkpoint-100", 25, "checkpoint-200", 28, "checkpoint-300", 30),
                "knowledge",
                Map.of("checkpoint-300", 20)));

    assertThat(run.sentence())
        .isEqualTo(
            "Over 3 checkpoints (checkpoint-100 to checkpoint-300) instruction fails (−25.0 points)"
                + " from the first on, checkpoint-100; knowledge fails (−20.0 points) from"
                + " checkpoint-300.");
  }

  @Test
  void aLossThatALaterCheckpointHasMadeGoodIsNoTurn() {
    Trajectory run = only(Map.of("instruction", Map.of("checkpoint-200", 30)));

    assertThat(run.turns()).isEmpty();
    assertThat(run.sentence())
        .endsWith("no loss lasts: what one checkpoint lost, a later one has again.");
  }

  @Test
  void arunThatLosesNothingSaysSo() {
    assertThat(only(Map.of("knowledge", Map.of())).sentence()).endsWith("nothing is proven lost.");
  }

  @Test
  void onlyNumbersOfStepsAndEpochsMakeARun() {
    List<Finding> none = List.of();

    assertThat(Trajectory.of(List.of("sql-ep1", "sql-ep10", "sql-ep2"), none, Set.of()))
        .extracting(Trajectory::checkpoints)
        .containsExactly(List.of("sql-ep1", "sql-ep2", "sql-ep10"));
    assertThat(Trajectory.of(List.of("llama-7b", "llama-13b"), none, Set.of())).isEmpty();
    assertThat(Trajectory.of(List.of("run-a/step_5", "run-b/step_6"), none, Set.of())).isEmpty();
    assertThat(Trajectory.of(List.of("sleep1", "sleep2"), none, Set.of())).isEmpty();
  }

  private static Trajectory only(Map<String, Map<String, Integer>> lost) {
    List<Trajectory> runs = Trajectory.of(RUN, findings(lost), Set.of());
    assertThat(runs).hasSize(1);
    return runs.get(0);
  }

  /** Findings by suite and arm; what is not named loses nothing. */
  private static List<Finding> findings(Map<String, Map<String, Integer>> lost) {
    AuditPlan small = Plans.small();
    AuditPlan plan =
        new AuditPlan(
            small.name(),
            small.depth(),
            small.base(),
            RUN.stream().map(TrajectoryTest::arm).toList(),
            lost.keySet().stream().sorted().map(TrajectoryTest::suite).toList(),
            small.dtype(),
            0.05,
            0);
    return Findings.of(
        plan,
        (suite, tuned) -> {
          int items = lost.get(suite).getOrDefault(tuned, 0);
          return Pairs.briefs(Pairs.of(60 - items, items, 0, 40));
        });
  }

  private static Arm arm(String name) {
    return new Arm(
        name, Arm.Role.TUNED, Path.of("/base"), Optional.of(Path.of("/" + name)), name, "aa");
  }

  private static PlannedSuite suite(String id) {
    return new PlannedSuite(id, "1.0.0", "00", id, "accuracy", List.of(), 0.05, 0, Map.of());
  }
}
