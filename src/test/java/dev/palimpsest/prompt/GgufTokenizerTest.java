package dev.palimpsest.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.model.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tokenizer from a GGUF file gives the ids of the tokenizer.json that the file was made from. */
final class GgufTokenizerTest {
  private static final Path FILES = Path.of("src/test/resources/gguf");

  @TempDir private Path folder;

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

  /**
   * The end of a turn that no key of the file names, as in files of Phi 3 and tunes of Llama 3; the
   * file is golden/llama with token 365 renamed.
   */
  @Test
  void answersEndOnTheTextOfATurnsEnd() {
    try (Checkpoint checkpoint = Checkpoint.open(FILES.resolve("turn_end/eog_end.gguf"));
        Tokenizer tokenizer = Tokenizer.open(checkpoint)) {
      assertThat(tokenizer.endIds()).containsExactlyInAnyOrder(2, 365);
      assertThat(tokenizer.encode("<|end|>", false)).containsExactly(365);
      assertThat(tokenizer.decode(new int[] {365}, true)).isEmpty();
    }
  }

  /** Read in llama.cpp's llama-vocab.cpp: 0, 1 and 2 stand for the keys of SentencePiece files. */
  @Test
  void aSentencePieceFileWithoutKeysHasTheTokensThatLlamaCppTakes() throws IOException {
    String file = "turn_end/eog_end.gguf";
    String bytes = Files.readString(FILES.resolve(file), StandardCharsets.ISO_8859_1);
    Path without = folder.resolve("model.gguf");
    for (String key : List.of("bos_token_id", "eos_token_id")) {
      bytes = bytes.replace("tokenizer.ggml." + key, "tokenizer.gone." + key);
    }
    Files.writeString(without, bytes, StandardCharsets.ISO_8859_1);
    try (Checkpoint checkpoint = Checkpoint.open(without);
        Tokenizer tokenizer = Tokenizer.open(checkpoint)) {
      assertThat(tokenizer.bosId()).hasValue(1);
      assertThat(tokenizer.eosId()).hasValue(2);
      assertThat(tokenizer.encode("a", true)[0]).isEqualTo(1);
    }
  }
}
