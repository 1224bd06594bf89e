package dev.palimpsest.checkpoint.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.SafetensorsRewriter;
import dev.palimpsest.checkpoint.inspection.Inspection;
import dev.palimpsest.checkpoint.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shards whose index is lost are read when their names say that all are there. */
final class NumberedShardsTest {
  private static final String INDEX = "model.safetensors.index.json";

  @TempDir private Path folder;
  private Path model;

  /** The first shard holds the model, the second a tensor of its own name twice as long. */
  @BeforeEach
  void shards() throws IOException {
    model = Fixtures.copy("llama", folder.resolve("model"));
    Files.move(model.resolve("model.safetensors"), shard(1, 2));
    Files.copy(shard(1, 2), shard(2, 2));
    SafetensorsRewriter.rename(shard(2, 2), name -> "other." + name);
  }

  private Path shard(int number, int count) {
    return model.resolve("model-%05d-of-%05d.safetensors".formatted(number, count));
  }

  @Test
  void aCompleteSetIsReadWithANote() {
    try (Checkpoint checkpoint = Checkpoint.open(model);
        Checkpoint whole = Checkpoint.open(Fixtures.path("llama"))) {
      assertThat(checkpoint.tensors().names()).containsAll(whole.tensors().names());
      assertThat(checkpoint.notes())
          .containsExactly(
              "has no %s, without which transformers does not load it; its 2 shards are complete and are read"
                  .formatted(INDEX));
    }
    assertThat(Inspection.of(model).findings())
        .noneMatch(finding -> finding.sentence().contains("not part of the model"));
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    Files.delete(shard(2, 2));
    assertThatThrownBy(() -> Checkpoint.open(model))
        .hasMessage(
            "model-00002-of-00002.safetensors: is missing, as is %s; of 2 shards 1 are there; fetch the others from where these came from"
                .formatted(INDEX));
  }

  @Test
  void shardsOfSeveralModelsAreNotMixed() throws IOException {
    Files.copy(shard(1, 2), shard(1, 3));
    assertThatThrownBy(() -> Checkpoint.open(model))
        .hasMessage(
            "%s: is missing, and model-00001-of-00003.safetensors is none of 2 shards that are there too; keep those of one model"
                .formatted(INDEX));
  }

  @Test
  void oneFileThatHoldsTheWholeModelGoesBeforeThem() throws IOException {
    Files.copy(shard(1, 2), model.resolve("model.safetensors"));
    try (Checkpoint checkpoint = Checkpoint.open(model)) {
      assertThat(checkpoint.notes()).isEmpty();
    }
  }

  @Test
  void aSetOfNoneIsRefused() throws IOException {
    Files.move(shard(1, 2), shard(1, 0));
    Files.delete(shard(2, 2));
    assertThatThrownBy(() -> Checkpoint.open(model)).hasMessageContaining(INDEX);
  }
}
