package dev.palimpsest.suite.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How texts are taken apart. */
final class TextTest {
  @Test
  void words_have_a_letter_or_a_digit_and_no_punctuation_around_them() {
    assertThat(Text.words("Well — it's a \"well-known\" fact, (no. 7)!"))
        .containsExactly("Well", "it's", "a", "well-known", "fact", "no", "7");
  }

  @Test
  void list_markers_are_no_words() {
    assertThat(Text.words("1. red\n- blue\n* green\n2024 was fine"))
        .containsExactly("red", "blue", "green", "2024", "was", "fine");
  }

  @Test
  void sentences_end_at_terminators_and_line_breaks_but_not_after_abbreviations() {
    assertThat(Text.sentences("Dr. Lee paid 3.50 euros. \"Why?\" she asked... J. Doe left\nNext"))
        .containsExactly(
            "Dr. Lee paid 3.50 euros.", "\"Why?\"", "she asked...", "J. Doe left", "Next");
  }

  @Test
  void a_heading_of_symbols_is_no_sentence() {
    assertThat(Text.sentences("***\nOne.")).containsExactly("One.");
  }

  @Test
  void typographic_quotes_and_spaces_become_plain_ones() {
    assertThat(Text.normalise("  \u201cIt\u2019s\u00a0late\u201d\r\n")).isEqualTo("\"It's late\"");
  }

  @Test
  void combining_marks_stay_with_their_word() {
    assertThat(Text.words("नमस्ते दुनिया")).containsExactly("नमस्ते", "दुनिया");
  }
}
