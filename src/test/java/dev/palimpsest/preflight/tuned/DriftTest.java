package dev.palimpsest.preflight.tuned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.PairRunner;
import dev.palimpsest.inference.PairSpec;
import dev.palimpsest.training.TrainingRow;
import dev.palimpsest.worker.WorkerLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class DriftTest {
  private static final Path LLAMA = Path.of("src/test/resources/golden/llama");
  private static final List<TrainingRow> ROWS =
      IntStream.range(0, 12)
          .mapToObj(i -> row(i, "Anna has " + i + " letters for the valley."))
          .toList();

  @Test
  void aTuneThatChangedIsSeenAndOneThatDidNotIsNamed() {
    Drift moved = of(PairSpec.of(LLAMA, LLAMA.resolve("adapters/lora_plain"), type()));
    Drift still = of(PairSpec.of(LLAMA, LLAMA, type()));

    assertThat(moved.rows()).isEqualTo(12);
    assertThat(moved.tokens()).isGreaterThan(60);
    assertThat(moved.kl()).isGreaterThan(0.5);
    assertThat(moved.interval().contains(moved.kl())).isTrue();
    assertThat(moved.sentence()).contains("moved from its base by KL");
    assertThat(still.kl()).isCloseTo(0, within(1e-6));
    assertThat(still.sameTop()).isEqualTo(1);
    assertThat(still.sentence()).contains("has not moved");
  }

  @Test
  void aFileWithoutAnswersIsRefused() {
    try (PairRunner pair = load(PairSpec.of(LLAMA, LLAMA, type()))) {
      assertThatThrownBy(() -> Drift.of(pair, List.of(row(1, " "))))
          .isInstanceOf(TunedException.class)
          .hasMessageContaining("No row");
    }
  }

  private static DType type() {
    return DType.FLOAT32;
  }

  private static Drift of(PairSpec spec) {
    try (PairRunner pair = load(spec)) {
      return Drift.of(pair, ROWS);
    }
  }

  private static PairRunner load(PairSpec spec) {
    return WorkerLoader.standard().pairs().load(spec);
  }

  private static TrainingRow row(int number, String answer) {
    return new TrainingRow(
        number,
        TrainingRow.Shape.CHAT,
        List.of(new ChatMessage("user", "Where?"), new ChatMessage("assistant", answer)));
  }
}
