package dev.palimpsest.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.UserFacingException;
import dev.palimpsest.checkpoint.model.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Token ids, chat renderings and splits are those of transformers 5.23 and lm_eval 0.4.13. */
final class TextGoldenTest {
  private static final Path MODELS = Path.of("src/test/resources/golden");
  private static final Path EXPECTED = Path.of("src/test/resources/text");

  @ParameterizedTest
  @CsvSource({
    "llama3, llama3",
    "qwen3, qwen3",
    "gemma2, gemma2",
    "phi3, phi3",
    "gpt2, gpt2",
    "gpt_neox, gpt_neox",
    "granite, granite",
    "llama_v4_layout, llama_v4_layout",
    "llama_gguf/llama-F16.gguf, llama_gguf"
  })
  void textIsHandledAsTransformersDoes(String model, String expected) throws IOException {
    JsonNode golden = Json.mapper().readTree(EXPECTED.resolve(expected + ".json").toFile());
    try (Checkpoint checkpoint = Checkpoint.open(MODELS.resolve(model));
        Tokenizer tokenizer = Tokenizer.open(checkpoint)) {
      ChatTemplate template = ChatTemplate.of(checkpoint).orElseThrow();
      assertThat(tokenizer.prefixTokenId()).isEqualTo(golden.get("prefix_token_id").intValue());
      golden.get("tokenize").forEach(entry -> checkTokens(tokenizer, entry));
      golden.get("chat").forEach(entry -> checkChat(tokenizer, template, entry));
      golden.get("loglikelihood").forEach(entry -> checkSplit(tokenizer, entry));
    }
  }

  private static void checkTokens(Tokenizer tokenizer, JsonNode entry) {
    String text = entry.get("text").asText();
    int[] withSpecials = ids(entry.get("ids").get("add_special_tokens_true"));
    assertThat(tokenizer.encode(text, true)).as(text).isEqualTo(withSpecials);
    assertThat(tokenizer.encode(text, false))
        .as(text)
        .isEqualTo(ids(entry.get("ids").get("add_special_tokens_false")));
    assertThat(tokenizer.decode(withSpecials, false)).isEqualTo(entry.get("decoded").asText());
    assertThat(tokenizer.decode(withSpecials, true))
        .isEqualTo(entry.get("decoded_skip_special").asText());
  }

  private static void checkChat(Tokenizer tokenizer, ChatTemplate template, JsonNode entry) {
    if (entry.hasNonNull("error")) {
      assertThatExceptionOfType(UserFacingException.class)
          .isThrownBy(() -> render(template, entry));
      return;
    }
    String rendered = render(template, entry);
    assertThat(rendered).as(entry.get("name").asText()).isEqualTo(entry.get("rendered").asText());
    assertThat(tokenizer.encode(rendered, false)).isEqualTo(ids(entry.get("ids")));
  }

  @SuppressWarnings("unchecked")
  private static String render(ChatTemplate template, JsonNode entry) {
    Map<String, Object> extra = new LinkedHashMap<>();
    if (entry.hasNonNull("template_kwargs")) {
      extra.putAll(Json.mapper().convertValue(entry.get("template_kwargs"), Map.class));
    }
    if (entry.hasNonNull("tools")) {
      extra.put("tools", Json.mapper().convertValue(entry.get("tools"), List.class));
    }
    List<Map<String, ?>> messages = Json.mapper().convertValue(entry.get("messages"), List.class);
    return template.render(messages, entry.get("add_generation_prompt").asBoolean(), extra);
  }

  private static void checkSplit(Tokenizer tokenizer, JsonNode entry) {
    SplitRule.Split split =
        SplitRule.encode(
            tokenizer, entry.get("context").asText(), entry.get("continuation").asText());
    assertThat(split.contextIds()).isEqualTo(ids(entry.get("context_ids")));
    assertThat(split.continuationIds()).isEqualTo(ids(entry.get("continuation_ids")));
  }

  private static int[] ids(JsonNode list) {
    return Json.mapper().convertValue(list, int[].class);
  }
}
