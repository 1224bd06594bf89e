package dev.palimpsest.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.Thought;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where generations stop, with the tokens of a Qwen 3 model: at most 3 of an answer here. */
final class ThinkingTest {
  private static final int ANSWER = 3;
  private static final String END = "<|im_end|>";

  private PromptEncoder encoder;

  @BeforeEach
  void open() {
    try (Checkpoint qwen3 = Checkpoint.open(Path.of("src/test/resources/golden/qwen3"))) {
      encoder = PromptEncoder.open(qwen3, Optional.empty());
    }
  }

  @AfterEach
  void close() {
    encoder.close();
  }

  @Test
  void theLimitOfAnAnswerCountsAfterTheClosingMark() {
    Generation generation = generated(20, "Q", "<think>one two</think>", "a b c d e f");
    assertThat(generation.thought().thinking()).isEqualTo("one two");
    assertThat(generation.thought().closed()).isTrue();
    assertThat(generation.ids()).hasSize(generation.thought().tokens() + ANSWER);
    assertThat(generation.thought().tokens()).isEqualTo(ids("<think>one two</think>").length);
    assertThat("a b c d e f").startsWith(generation.thought().answer());
    assertThat(generation.finish()).isEqualTo(Generation.Finish.LENGTH);
  }

  @Test
  void thinkingThatTakesItsWholeLimitIsCut() {
    Generation generation = generated(5, "Q", "<think>one two three four</think>", "a");
    assertThat(generation.ids()).hasSize(5);
    assertThat(generation.thought().closed()).isFalse();
    assertThat(generation.thought().answer()).isEmpty();
  }

  @Test
  void aPromptMayOpenTheThinking() {
    Generation generation = generated(20, "Q<think>\n", "one</think>\na" + END);
    assertThat(generation.thought())
        .isEqualTo(new Thought("one", ids("one</think>").length, true, "a"));
    assertThat(generation.finish()).isEqualTo(Generation.Finish.END);
  }

  @Test
  void anAnswerWithoutThinkingHasItsOwnLimitOnly() {
    Generation generation = generated(20, "Q", "a b c d e f");
    assertThat(generation.ids()).hasSize(ANSWER);
    assertThat(generation.thought()).isNull();
  }

  /** The limit of all tokens is as if nobody knew of thinking. */
  @Test
  void withoutALimitOfItsOwnThinkingCountsAsTheRest() {
    Generation generation = generated(0, "Q", "<think>one two</think>", "a b c");
    assertThat(generation.ids()).hasSize(ANSWER);
    assertThat(generation.thought().closed()).isFalse();
  }

  @Test
  void aGenerationIsFullWhereItsCutWouldCut() {
    int[] made = ids("<think>one two</think>a b c d e f");
    Thinking thinking = encoder.thinking(ids("Q"), GenerateOptions.greedy(ANSWER).withThinking(20));
    int full = thinking.generation(made).ids().length;
    for (int count = 1; count <= made.length; count++) {
      assertThat(thinking.isFull(Arrays.copyOf(made, count))).isEqualTo(count >= full);
    }
  }

  @Test
  void theTokenizerNamesItsMarks() {
    assertThat(encoder.notes().thinking()).isTrue();
    try (Checkpoint gpt2 = Checkpoint.open(Path.of("src/test/resources/golden/gpt2"));
        PromptEncoder other = PromptEncoder.open(gpt2, Optional.empty())) {
      assertThat(other.notes().thinking()).isFalse();
    }
  }

  private Generation generated(int thinkingTokens, String prompt, String... made) {
    GenerateOptions options = GenerateOptions.greedy(ANSWER).withThinking(thinkingTokens);
    return encoder.thinking(ids(prompt), options).generation(ids(String.join("", made)));
  }

  private int[] ids(String text) {
    return encoder.encode(new EncodeRequest(new Prompt.Text(text), List.of())).contextIds();
  }
}
