package dev.palimpsest.lmeval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filters of gsm8k.yaml; the values were computed by lm-eval's RegexFilter and exact_match. */
final class NumberFilterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        " 3 and 4 make 7.#### 7| 7| 7",
        " It is $1,250.50 in all.| [invalid]| $1,250.50",
        " #### 1,370 pears, not 12| 1,370| 12",
        " I do not know| [invalid]| [invalid]",
        " about -5 degrees| [invalid]| -5",
        " #### -5. And #### 6| -5.| 6",
      })
  void a_number_is_taken_out(String text, String strict, String flexible) {
    assertThat(NumberFilter.STRICT.apply(text)).isEqualTo(strict);
    assertThat(NumberFilter.FLEXIBLE.apply(text)).isEqualTo(flexible);
  }

  @Test
  void commas_dollars_a_full_stop_and_the_reasoning_do_not_count() {
    assertThat(NumberFilter.same("1,370", "2 * 685 = 1370\n#### 1370")).isTrue();
    assertThat(NumberFilter.same("$42.", "#### 42")).isTrue();
    assertThat(NumberFilter.same("42.0", "#### 42")).isFalse();
  }

  @Test
  void an_answer_ends_where_the_next_question_begins() {
    assertThat(WrittenNumbers.untilStop(" 7\n\nQuestion: What now?")).isEqualTo(" 7\n\n");
    assertThat(WrittenNumbers.untilStop(" 7</s> 8")).isEqualTo(" 7");
  }
}
