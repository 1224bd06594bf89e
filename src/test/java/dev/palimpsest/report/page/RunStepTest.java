package dev.palimpsest.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RunStepTest {
  @ParameterizedTest
  @CsvSource({
    "checkpoint-200, '', step, 200, 200",
    "run-a/checkpoint-200, run-a, step, 200, 200",
    "run_a.ckpt_1500, run_a, step, 1500, 1500",
    "sql-step2k, sql, step, 2000, 2k",
    "global_step300, '', step, 300, 300",
    "sql-forget-ep3, sql-forget, epoch, 3, 3",
    "sql epoch-1.5, sql, epoch, 1.5, 1.5"
  })
  void theNameTellsTheRunAndHowFarItWas(
      String name, String run, String unit, double step, String label) {
    assertThat(RunStep.of(name)).contains(new RunStep(run, unit, step, label));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sql-forget",
        "checkpoint",
        "checkpoint-0",
        "llama-3",
        "step-by-step",
        "deep3",
        ""
      })
  void aNameWithoutAStepTellsNone(String name) {
    assertThat(RunStep.of(name)).isEmpty();
  }
}
