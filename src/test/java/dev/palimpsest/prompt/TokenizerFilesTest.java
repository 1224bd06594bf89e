package dev.palimpsest.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders without tokenizer.json; bench/tokenizer_golden.py makes them and the expected ids. */
final class TokenizerFilesTest {
  private static final Path FOLDERS = Path.of("src/test/resources/text/files");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama_bare",
        "llama_legacy",
        "llama_no_prefix",
        "llama_no_bytes",
        "mistral_decoder",
        "gemma",
        "unigram",
        "unigram_bytes",
        "gpt2_files",
        "gpt2_files_more",
        "qwen2_files",
        "json_over_config",
        "json_without_bos"
      })
  void idsAreThoseOfAutoTokenizer(String name) throws IOException {
    Path path = FOLDERS.resolve(name);
    JsonNode expected = Json.mapper().readTree(path.resolve("expected.json").toFile());
    try (Tokenizer tokenizer = Tokenizer.open(path)) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(expected.get("size").intValue());
      assertThat(tokenizer.bosId().orElse(-1)).isEqualTo(expected.get("bos").asInt(-1));
      assertThat(tokenizer.eosId().orElse(-1)).isEqualTo(expected.get("eos").asInt(-1));
      expected.get("cases").forEach(entry -> check(tokenizer, entry));
    }
  }

  private static void check(Tokenizer tokenizer, JsonNode entry) {
    String text = entry.get("text").textValue();
    int[] ids = Json.mapper().convertValue(entry.get("ids"), int[].class);
    assertThat(tokenizer.encode(text, true)).as(text).isEqualTo(ids);
    assertThat(tokenizer.encode(text, false))
        .as(text)
        .isEqualTo(Json.mapper().convertValue(entry.get("ids_plain"), int[].class));
    assertThat(tokenizer.decode(ids, false)).isEqualTo(entry.get("decoded").textValue());
    assertThat(tokenizer.decode(ids, true))
        .isEqualTo(entry.get("decoded_skip_special").textValue());
  }

  @Test
  void aTiktokenVocabularyIsRefusedWithTheCommandThatConvertsIt() throws IOException {
    Files.writeString(folder.resolve("tokenizer.model"), "IQ== 0\nIg== 1\n");
    assertRefused("tokenizer.model", "tiktoken", "save_pretrained");
  }

  @Test
  void aTokenizerThatCoversNextToNothingOfTheEmbeddingIsRefused() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"vocab_size\": 375}");
    Files.writeString(
        folder.resolve("tokenizer.json"),
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"<|endoftext|>\": 0}, \"merges\": []}}");
    assertRefused("tokenizer.json", "1 tokens for the 375 rows", "copy the tokenizer files");
  }

  @Test
  void anAddedTokenBeyondTheEmbeddingIsAcceptedWithANote() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"vocab_size\": 2}");
    Files.writeString(
        folder.resolve("tokenizer.json"),
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0, \"b\": 1}, \"merges\": []},"
            + " \"added_tokens\": [{\"id\": 2, \"content\": \"[PAD]\"}]}");
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      assertThat(tokenizer.encode("ab", false)).containsExactly(0, 1);
      assertThat(tokenizer.notes()).singleElement().asString().contains("[PAD] (2)");
    }
  }

  /** GPT2Tokenizer over pieces: transformers 5.24 makes a tokenizer that gives no sensible ids. */
  @Test
  void aClassThatCannotReadTheVocabularyIsRefusedWithAWayOut() throws IOException {
    Path pieces = Path.of("src/test/resources/golden/llama/tokenizer.json");
    Files.copy(pieces, folder.resolve("tokenizer.json"));
    Path config = folder.resolve("tokenizer_config.json");
    for (String name : List.of("GPT2Tokenizer", "Qwen2TokenizerFast", "GPTNeoXTokenizer")) {
      Files.writeString(config, "{\"tokenizer_class\": \"" + name + "\"}");
      assertRefused("tokenizer_config.json", "names " + name, "name PreTrainedTokenizerFast");
    }
    Files.writeString(config, "{\"tokenizer_class\": \"PreTrainedTokenizerFast\"}");
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      assertThat(tokenizer.encode("the", false)).isNotEmpty();
    }
  }

  /** transformers reads tokenizers of Qwen 2 with the family's class whatever they name. */
  @Test
  void theAdviceForAFamilyWhoseClassNoNameChangesIsToCopyItsFiles() throws IOException {
    Path pieces = Path.of("src/test/resources/golden/llama/tokenizer.json");
    Files.copy(pieces, folder.resolve("tokenizer.json"));
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"qwen2\"}");
    for (String name : List.of("Qwen2Tokenizer", "PreTrainedTokenizerFast")) {
      Files.writeString(
          folder.resolve("tokenizer_config.json"), "{\"tokenizer_class\": \"" + name + "\"}");
      assertRefused("tokenizer.json", "reads for this family", "copy the tokenizer files");
    }
    Path own = FOLDERS.resolve("qwen2_files");
    Files.delete(folder.resolve("tokenizer.json"));
    for (String file : List.of("vocab.json", "merges.txt", "tokenizer_config.json")) {
      Files.copy(own.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    try (Tokenizer tokenizer = Tokenizer.open(folder)) {
      assertThat(tokenizer.encode("the", false)).isNotEmpty();
    }
  }

  @Test
  void aTekkenVocabularyIsRefusedWithTheCommandThatConvertsIt() throws IOException {
    Files.writeString(folder.resolve("tekken.json"), "{}");
    assertRefused("tekken.json", "save_pretrained");
  }

  @Test
  void mergesWithoutAClassAreRefusedByName() throws IOException {
    Files.writeString(folder.resolve("vocab.json"), "{\"a\": 0}");
    Files.writeString(folder.resolve("merges.txt"), "");
    assertRefused("vocab.json", "tokenizer_class");
  }

  @Test
  void aBrokenLineOfMergesIsNamed() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"gpt2\"}");
    Files.writeString(folder.resolve("vocab.json"), "{\"a\": 0}");
    Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\na b c\n");
    assertRefused("merges.txt", "line 2", "a b c");
  }

  private void assertRefused(String... parts) {
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> Tokenizer.open(folder).close())
        .withMessageContainingAll(parts);
  }
}
