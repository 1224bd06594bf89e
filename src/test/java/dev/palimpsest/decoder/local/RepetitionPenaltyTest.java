package dev.palimpsest.decoder.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Held to transformers, prompt by prompt ({@code bench/penalty_golden.py}); here all go together.
 */
@Tag("slow")
final class RepetitionPenaltyTest {
  private static final Path LLAMA = Golden.ROOT.resolve("llama");
  private static final int NEW_TOKENS = 40;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(doubles = {1.1, 1.5, 0.8})
  void aPenaltyInTheGenerationConfigIsFollowed(double penalty) throws IOException {
    copyModel(penalty);
    List<GenerateRequest> requests = new ArrayList<>();
    List<int[]> expected = new ArrayList<>();
    for (JsonNode row : golden()) {
      if (row.get("repetition_penalty").doubleValue() == penalty) {
        int[] prompt = Golden.ints(row.get("prompt_ids"));
        requests.add(new GenerateRequest(prompt, GenerateOptions.greedy(NEW_TOKENS)));
        expected.add(Golden.ints(row.get("output_ids")));
      }
    }
    assertThat(expected).hasSize(4);
    assertThat(generate(requests)).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.1, 0.8})
  void aPrefixThatPromptsShareCountsForEach(double penalty) throws IOException {
    copyModel(penalty);
    List<GenerateRequest> requests = new ArrayList<>();
    for (int last : new int[] {30, 31, 32}) {
      int[] prompt = new int[40];
      for (int i = 0; i < prompt.length; i++) {
        prompt[i] = 100 + 7 * i;
      }
      prompt[prompt.length - 1] = last;
      requests.add(new GenerateRequest(prompt, GenerateOptions.greedy(NEW_TOKENS)));
    }
    List<int[]> alone = new ArrayList<>();
    for (GenerateRequest request : requests) {
      alone.addAll(generate(List.of(request)));
    }
    assertThat(generate(requests)).containsExactlyElementsOf(alone);
  }

  private List<int[]> generate(List<GenerateRequest> requests) {
    ModelSpec spec = new ModelSpec(folder, DType.FLOAT32, Map.of());
    try (LocalRunner runner = LocalRunner.open(spec)) {
      return runner.generate(Optional.empty(), requests).stream().map(Generation::ids).toList();
    }
  }

  private static JsonNode golden() throws IOException {
    return Json.mapper().readTree(LLAMA.resolve("penalty.json").toFile());
  }

  private void copyModel(double penalty) throws IOException {
    Golden.copy(LLAMA, folder);
    Files.writeString(
        folder.resolve("generation_config.json"),
        "{\"eos_token_id\": 2, \"repetition_penalty\": %s}".formatted(penalty));
  }
}
