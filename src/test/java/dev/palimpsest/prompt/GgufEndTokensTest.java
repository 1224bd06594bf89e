package dev.palimpsest.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The rule of llama.cpp for tokens that end an answer, read in its llama-vocab.cpp. */
final class GgufEndTokensTest {
  private static List<Integer> ends(List<String> tokens, Map<String, Integer> keys) {
    var rule =
        new GgufEndTokens(
            tokens,
            key -> keys.containsKey(key) ? OptionalInt.of(keys.get(key)) : OptionalInt.empty());
    return List.copyOf(rule.ids());
  }

  @Test
  void theTextOfATurnsEndEndsAnAnswerWhateverTheKeysSay() {
    assertThat(ends(List.of("a", "<|endoftext|>", "<|end|>"), Map.of("eos_token_id", 1)))
        .containsExactly(1, 2);
    assertThat(ends(List.of("a", "b", "<|im_end|>"), Map.of("eos_token_id", 1)))
        .containsExactly(1, 2);
  }

  @Test
  void aKeyOfFillingStandsForItsTexts() {
    List<String> tokens = List.of("a", "<|fim_pad|>", "<|repo_name|>", "<|file_sep|>");
    assertThat(ends(tokens, Map.of("eos_token_id", 0))).containsExactly(0, 1, 2, 3);
    assertThat(ends(tokens, Map.of("fim_pad_token_id", 0))).containsExactly(0, 2, 3);
  }

  @Test
  void messagesInsideAnAnswerDoNotEndIt() {
    assertThat(ends(List.of("<|return|>", "<|call|>", "<|end|>"), Map.of())).containsExactly(0, 1);
    assertThat(ends(List.of("<|tool_response>", "</s>", "<eos>"), Map.of())).containsExactly(0, 2);
  }
}
