package dev.palimpsest.decoder.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.ScoreRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Held to transformers at lengths where attention is computed in blocks ({@code
 * bench/long_golden.py}).
 */
@Tag("slow")
final class LongPromptTest {
  private static final Path LLAMA = Golden.ROOT.resolve("llama");

  /** Two orders of summation of float32 numbers. */
  private static final float TOLERANCE = 1e-4f;

  private static final int CONTEXT = 280;

  @Test
  void tokensOfLongPromptsHaveTheLogProbabilitiesOfTransformers() throws IOException {
    List<int[]> prompts = new ArrayList<>();
    List<float[]> expected = new ArrayList<>();
    for (JsonNode row : golden()) {
      prompts.add(Golden.ints(row.get("ids")));
      expected.add(Golden.floats(row.get("token_log_probs")));
    }
    assertThat(prompts).extracting(prompt -> prompt.length).containsExactly(255, 256, 300, 512);
    try (LocalRunner runner = open()) {
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(runner.logits(Optional.empty(), List.of(prompts.get(i))).get(0).logProbs())
            .containsExactly(expected.get(i), within(TOLERANCE));
      }
    }
  }

  @Test
  void continuationsOfALongContextHaveThoseOfTransformers() throws IOException {
    JsonNode row = golden().get(2);
    int[] ids = Golden.ints(row.get("ids"));
    float[] expected = Golden.floats(row.get("token_log_probs"));
    int[] context = Arrays.copyOf(ids, CONTEXT);
    int[] rest = Arrays.copyOfRange(ids, CONTEXT, ids.length);
    List<int[]> choices = List.of(new int[] {30, 31}, rest, new int[] {40});
    try (LocalRunner runner = open()) {
      ScoreRequest request = new ScoreRequest(context, choices);
      assertThat(runner.score(Optional.empty(), List.of(request)).get(0).get(1).tokenLogProbs())
          .containsExactly(
              Arrays.copyOfRange(expected, CONTEXT - 1, expected.length), within(TOLERANCE));
    }
  }

  private static LocalRunner open() {
    return LocalRunner.open(new ModelSpec(LLAMA, DType.FLOAT32, Map.of()));
  }

  private static JsonNode golden() throws IOException {
    return Json.mapper().readTree(Files.readString(LLAMA.resolve("long.json")));
  }
}
