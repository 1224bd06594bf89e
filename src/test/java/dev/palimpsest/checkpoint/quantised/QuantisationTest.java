package dev.palimpsest.checkpoint.quantised;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.checkpoint.tensor.StoredType;
import dev.palimpsest.checkpoint.tensor.TensorStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is read and what is refused by {@code quantization_config}; QuantisedGoldenTest has the
 * numbers.
 */
final class QuantisationTest {
  private static final Path QUANTISED = Path.of("src/test/resources/quantised");
  private static final String WEIGHT = "model.layers.0.self_attn.k_proj.weight";

  @ParameterizedTest
  @CsvSource({
    "fp4, FP4, 64",
    "int8, LLM_INT8, 64",
    "gptq2, GPTQ_2, 32",
    "gptq3, GPTQ_3, 32",
    "gptq4_v2, GPTQ_4, 32",
    "gptq8, GPTQ_8, 32",
    "awq, AWQ_4, 32",
  })
  void aWeightStandsInPlaceOfItsParts(String name, StoredType type, long width) {
    try (Checkpoint checkpoint = Checkpoint.open(QUANTISED.resolve(name))) {
      TensorStore tensors = checkpoint.tensors();
      assertThat(tensors.names()).noneMatch(part -> part.matches(".*(qweight|scales|absmax|SCB)"));
      assertThat(tensors.info(WEIGHT).type()).isEqualTo(type);
      assertThat(tensors.info(WEIGHT).shape()).containsExactly(width, width);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hqq",
        "aqlm",
        "compressed-tensors",
        "fp8",
        "fbgemm_fp8",
        "torchao",
        "quanto",
        "bitnet"
      })
  void anotherMethodIsRefusedByItsName(String method, @TempDir Path folder) throws IOException {
    edit("gptq4_v2", folder, "\"quant_method\": \"gptq\"", "\"quant_method\": \"" + method + "\"");
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            "config.json: has unsupported quantization "
                + method
                + "; give the unquantised checkpoint, or a GGUF");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "awq      | \"gemm\" | \"gemv\" | quantization awq: its weights are packed for gemv, not gemm",
        "awq      | \"bits\": 4 | \"bits\": 3 | quantization awq: bits is not 4",
        "awq      | \"group_size\": 16 | \"group_size\": 8 | down_proj.qzeros is I32 [8,4], expected I32 [16,4]",
        "awq      | \"group_size\": 16 | \"group_size\": 0 | group_size is 0, expected a positive",
        "awq      | \"awq\" | \"gptq\" | down_proj.weight does not hold whole words of zeros",
        "gptq4_v2 | gptq_v2 | marlin | quantization gptq: checkpoint_format is marlin",
        "gptq4_v2 | \"bits\": 4 | \"bits\": 5 | quantization gptq: bits is not 2, 3, 4 or 8",
        "gptq4_v2 | \"gptq\" | \"awq\" | down_proj.qzeros is I32 [1,4], expected I32 [1,32]",
        "gptq4_v2 | \"gptq\" | \"bitsandbytes\" | neither load_in_4bit nor load_in_8bit is true",
        "gptq4_v2 | quantization_config | quantisation_config | quantization_config is missing",
        "gptq3    | \"bits\": 3 | \"bits\": 2 | down_proj.weight has g_idx I32 [128], expected I32 [192]",
        "int8     | load_in_8bit | load_in_4bit | has quantization_config for bitsandbytes, but no weight is quantised that way; remove",
      })
  void weightsThatDoNotFitTheirConfigurationAreRefused(
      String name, String from, String to, String sentence, @TempDir Path folder)
      throws IOException {
    edit(name, folder, from, to);
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(sentence);
  }

  private static void edit(String name, Path folder, String from, String to) throws IOException {
    try (Stream<Path> files = Files.list(QUANTISED.resolve(name))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Path config = folder.resolve("config.json");
    String text = Files.readString(config, StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    Files.writeString(config, text.replace(from, to), StandardCharsets.UTF_8);
  }
}
