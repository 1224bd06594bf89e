package dev.palimpsest.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ThinkingMarksTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "<think>Two and two.</think>Four. ~ Two and two. ~ Four.",
        "  <think></think>Four. ~ `` ~ Four.",
        "<think>a</think>b</think>c ~ a ~ b</think>c",
        "[THINK]Two and two.[/THINK]Four. ~ Two and two. ~ Four.",
        "<|START_THINKING|>a<|END_THINKING|>b ~ a ~ b",
        "<|channel|>analysis<|message|>Two.<|end|><|start|>assistant<|channel|>final<|message|>Four.<|return|> ~ Two. ~ Four.<|return|>",
        "<|channel|>analysis<|message|>Two.<|channel|>final <|constrain|>json<|message|>[4] ~ Two. ~ [4]",
        "<|channel|>final<|message|>Four. ~ `` ~ Four."
      })
  void aTextIsToldApartAtItsFirstClosingMark(String text, String thinking, String answer) {
    ThinkingMarks.Split split = ThinkingMarks.split(Optional.empty(), text).orElseThrow();
    assertThat(split.thinking()).isEqualTo(thinking);
    assertThat(split.answer()).isEqualTo(answer);
    assertThat(split.closed()).isTrue();
  }

  @Test
  void aTextWithoutAClosingMarkIsAllThinking() {
    ThinkingMarks.Split split =
        ThinkingMarks.split(Optional.empty(), "<think>Two and").orElseThrow();
    assertThat(split.thinking()).isEqualTo("Two and");
    assertThat(split.closed()).isFalse();
  }

  @Test
  void whatThePromptOpenedNeedsNoMarkAtTheBeginning() {
    Optional<ThinkingMarks> opened = ThinkingMarks.openedBy("<|im_start|>assistant\n<think>\n");
    ThinkingMarks.Split split = ThinkingMarks.split(opened, "Two.</think>Four.").orElseThrow();
    assertThat(split.thinking()).isEqualTo("Two.");
    assertThat(split.answer()).isEqualTo("Four.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Four.", "I <think> so.</think>", "</think>Four.", "<thinking>", ""})
  void otherTextsAreAnswers(String text) {
    assertThat(ThinkingMarks.split(Optional.empty(), text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<|im_start|>assistant\n", "assistant\n<think>\n\n</think>\n\n", "think>", ""})
  void otherPromptsOpenNothing(String rendered) {
    assertThat(ThinkingMarks.openedBy(rendered)).isEmpty();
  }

  /** As Qwen 3's template does with enable_thinking=false. */
  @Test
  void aGivenAnswerStandsAfterThinkingThatStaysEmpty() {
    assertThat("assistant\n<think>\n" + ThinkingMarks.closing("assistant\n<think>\n"))
        .isEqualTo("assistant\n<think>\n\n</think>\n\n");
    assertThat("<think>" + ThinkingMarks.closing("<think>")).isEqualTo("<think>\n\n</think>\n\n");
    assertThat(ThinkingMarks.closing("<|end|><|start|>assistant"))
        .isEqualTo("<|channel|>final<|message|>");
    assertThat(ThinkingMarks.closing("<|im_start|>assistant\n")).isEmpty();
  }
}
