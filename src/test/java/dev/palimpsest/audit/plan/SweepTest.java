package dev.palimpsest.audit.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Adapters at scales, as they are asked for. */
final class SweepTest {
  private static final Candidate ADAPTER = Candidate.of(Path.of("adapters/sql"));

  @Test
  void scalesRiseAndAreNamed() {
    assertThat(Sweep.of(ADAPTER, List.of(1.0, 0.25, 0.5)))
        .extracting(Candidate::scaledName)
        .containsExactly("sql@0.25", "sql@0.5", "sql");
  }

  @Test
  void oneScaleOrOneTwiceIsNoSweep() {
    assertThatThrownBy(() -> Sweep.of(ADAPTER, List.of(0.5)))
        .isInstanceOf(PlanException.class)
        .hasMessage(
            "A sweep needs at least two scales, each of them once, such as 0.25,0.5,0.75,1.");
    assertThatThrownBy(() -> Sweep.of(ADAPTER, List.of(0.5, 0.5, 1.0)))
        .isInstanceOf(PlanException.class);
  }

  @Test
  void aScaleIsAboveZeroAndAtMostTen() {
    assertThatThrownBy(() -> ADAPTER.at(0))
        .hasMessage(
            "The scale of sql is 0.0; it should be above 0 and at most 10, 1 for as it was trained.");
    assertThatThrownBy(() -> ADAPTER.at(11)).isInstanceOf(PlanException.class);
  }

  @Test
  void aPathMayHaveAScaleBehindItUnlessItExistsSo(@TempDir Path folder) throws IOException {
    assertThat(Candidate.parse("adapters/sql@0.5").scale()).contains(0.5);
    assertThat(Candidate.parse("adapters/sql@0.5").path()).isEqualTo(Path.of("adapters/sql"));
    assertThat(Candidate.parse("adapters/sql").scale()).isEqualTo(Optional.empty());
    assertThat(Candidate.parse("adapters/sql@main").scale()).isEqualTo(Optional.empty());

    Path existing = Files.createDirectory(folder.resolve("run@2"));
    assertThat(Candidate.parse(existing.toString()).scale()).isEqualTo(Optional.empty());
    assertThat(Candidate.parse(existing.toString()).path()).isEqualTo(existing);
  }
}
