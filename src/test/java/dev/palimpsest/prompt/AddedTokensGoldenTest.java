package dev.palimpsest.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Tokens named beside the vocabulary; bench/added_tokens_golden.py asks AutoTokenizer. */
final class AddedTokensGoldenTest {
  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final List<String> VOCABULARY_FILES =
      List.of("tokenizer.json", "tokenizer.model", "vocab.json", "merges.txt");

  @TempDir private Path folders;

  @TestFactory
  Stream<DynamicTest> idsAreThoseOfAutoTokenizer() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(RESOURCES.resolve("text/added_tokens.jsonl"))) {
      lines.add(Json.mapper().readTree(line));
    }
    JsonNode texts = lines.get(0).get("texts");
    return lines.stream()
        .skip(1)
        .map(made -> DynamicTest.dynamicTest(name(made), () -> check(made, texts)));
  }

  private static String name(JsonNode made) {
    return made.get("name").textValue() + " (" + made.get("vocabulary").textValue() + ")";
  }

  private void check(JsonNode made, JsonNode texts) throws IOException {
    try (Tokenizer tokenizer = Tokenizer.open(written(made))) {
      assertThat(tokenizer.vocabularySize()).as("size").isEqualTo(made.get("size").intValue());
      for (int i = 0; i < texts.size(); i++) {
        String text = texts.get(i).textValue();
        assertThat(tokenizer.encode(text, false)).as(text).isEqualTo(ids(made.get("ids").get(i)));
      }
      for (Map.Entry<String, JsonNode> token : made.get("added").properties()) {
        String content = token.getValue().textValue().strip();
        // what a byte-level decoder makes of other letters of added tokens is no text, as in
        // transformers
        if (content.chars().allMatch(c -> c < 0x80)) {
          int[] id = {Integer.parseInt(token.getKey())};
          assertThat(tokenizer.decode(id, false)).contains(content);
        }
      }
      String first = texts.get(0).textValue();
      assertThat(tokenizer.encode(first, true)).isEqualTo(ids(made.get("with_specials")));
      assertThat(tokenizer.specialTokens().eos().orElse("")).isEqualTo(made.get("eos").asText(""));
      assertThat(tokenizer.specialTokens().bos().orElse("")).isEqualTo(made.get("bos").asText(""));
    }
  }

  private static int[] ids(JsonNode list) {
    return Json.mapper().convertValue(list, int[].class);
  }

  private Path written(JsonNode made) throws IOException {
    Path folder = Files.createTempDirectory(folders, "case");
    Path vocabulary = RESOURCES.resolve(made.get("vocabulary").textValue());
    for (String name : VOCABULARY_FILES) {
      if (Files.exists(vocabulary.resolve(name))) {
        Files.copy(vocabulary.resolve(name), folder.resolve(name));
      }
    }
    write(
        folder.resolve("config.json"),
        Json.mapper()
            .createObjectNode()
            .put("model_type", made.get("family").textValue())
            .put("vocab_size", 1000));
    for (String part : List.of("tokenizer_config", "special_tokens_map", "added_tokens")) {
      if (made.hasNonNull(part)) {
        write(folder.resolve(part + ".json"), made.get(part));
      }
    }
    if (made.hasNonNull("own_tokens")) {
      Path file = folder.resolve("tokenizer.json");
      var whole = (ObjectNode) Json.mapper().readTree(file.toFile());
      write(file, whole.set("added_tokens", made.get("own_tokens")));
    }
    return folder;
  }

  private static void write(Path file, JsonNode content) throws IOException {
    Files.writeString(file, Json.mapper().writeValueAsString(content));
  }
}
