package dev.palimpsest.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tokenizer from a GGUF file gives the ids of the tokenizer.json that the file was made from. */
final class GgufTokenizerTest {
  private static final Path FILES = Path.of("src/test/resources/gguf");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "falcon_7b",
        "gemma2",
        "gpt2",
        "gptneox",
        "gpt_oss",
        "granite",
        "llama_rope",
        "mistral",
        "olmo2",
        "phi3",
        "qwen3moe",
        "stablelm"
      })
  void idsAreThoseOfTheOriginal(String name) throws IOException {
    Path folder = FILES.resolve(name);
    JsonNode expected = Json.mapper().readTree(folder.resolve("expected.json").toFile());
    try (Checkpoint checkpoint = Checkpoint.open(folder);
        Tokenizer tokenizer = Tokenizer.open(checkpoint)) {
      for (JsonNode entry : expected.get("tokenize")) {
        String text = entry.get("text").asText();
        int[] ids = Json.mapper().convertValue(entry.get("ids"), int[].class);
        assertThat(tokenizer.encode(text, true)).as(text).isEqualTo(ids);
        assertThat(tokenizer.decode(ids, true)).as(text).isEqualTo(entry.get("decoded").asText());
      }
    }
  }
}
