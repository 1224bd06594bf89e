package dev.palimpsest.checkpoint.quantised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Fixtures;
import dev.palimpsest.checkpoint.safetensors.SafetensorsShards;
import dev.palimpsest.checkpoint.tensor.StoredType;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One weight that bitsandbytes 0.50.2 quantised, without and with double quantisation; the expected
 * numbers were computed from its definition with numpy and torch's rounding.
 */
final class FourBitWeightsTest {
  private static final String WEIGHT = "model.layers.0.self_attn.k_proj.weight";

  @ParameterizedTest
  @CsvSource({"plain, 32", "double, 16"})
  void aWeightIsDequantisedToTheBit(String name, long rows) throws IOException {
    try (SafetensorsShards shards = open(Fixtures.path("nf4"), name + ".safetensors")) {
      TensorStore tensors = shards.tensors();
      assertThat(tensors.names()).as("its parts are no tensors").containsExactly(WEIGHT);
      assertThat(tensors.info(WEIGHT).type()).isEqualTo(StoredType.NF4);
      assertThat(tensors.info(WEIGHT).shape()).containsExactly(rows, 64);
      assertThat(Fixtures.read(tensors, WEIGHT)).isEqualTo(expected(name));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"blocksize\": 64 | \"blocksize\": 32 | k_proj.weight.absmax has 32 entries, expected 64",
        "\"blocksize\": 64 | \"blocksize\": 00 | nf4 is not valid JSON",
        "\"blocksize\": 64 | \"blocksize\":  0 | k_proj.weight has invalid blocksize 0",
        "\"shape\": [32, 64] | \"shape\": [64, 64] | packed data of 1024 bytes do not match shape [64,64]",
        "\"shape\": [32, 64] | \"shape\": [-2, 64] | shape is an array, expected a list of positive",
        "float32 | float99 | dtype is \"float99\", expected float32, bfloat16 or float16",
        "k_proj.weight.absmax\" | k_proj.weight.absmix\" | missing tensor model.layers.0.self_attn.k_proj.weight.absmax",
      })
  void aStateThatDoesNotFitIsRefused(String from, String to, String sentence, @TempDir Path folder)
      throws IOException {
    String file = "plain.safetensors";
    String bytes = Files.readString(Fixtures.path("nf4/" + file), StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains(from);
    Files.writeString(folder.resolve(file), bytes.replace(from, to), StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> open(folder, file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void theBytesAreTheNibbles() {
    try (SafetensorsShards shards = open(Fixtures.path("nf4"), "plain.safetensors")) {
      assertThat(shards.tensors().bytes(WEIGHT).remaining()).isEqualTo(32 * 64 / 2);
    }
  }

  private static SafetensorsShards open(Path folder, String file) {
    return SafetensorsShards.open(folder, "nf4", List.of(file), Quantisation.none());
  }

  private static float[] expected(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(Fixtures.path("nf4/" + name + ".f32"));
    float[] numbers = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
    return numbers;
  }
}
