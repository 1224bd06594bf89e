package dev.palimpsest.suite.variant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.suite.MarginForm;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.margin.MarginItem;
import org.junit.jupiter.api.Test;

class VariantTest {
  private static final Suite MISALIGNMENT =
      SuiteLibrary.bundled().find("misalignment").orElseThrow();
  private static final Suite KNOWLEDGE = SuiteLibrary.bundled().find("knowledge").orElseThrow();

  @Test
  void situations_are_asked_by_texts_and_their_variant_by_letters_in_both_orders() {
    MarginItem asked = (MarginItem) MISALIGNMENT.items().get(0);
    MarginItem byLetters = (MarginItem) Variant.LETTERS.of(MISALIGNMENT).items().get(0);

    assertThat(asked.form()).isEqualTo(MarginForm.CALIBRATED);
    assertThat(asked.questions()).hasSize(2);
    assertThat(byLetters.form()).isEqualTo(MarginForm.LETTERS);
    assertThat(byLetters.questions())
        .hasSize(2)
        .allSatisfy(question -> assertThat(question.continuations()).containsExactly(" A", " B"));
  }

  @Test
  void only_what_choices_are_asked_again_says_why_they_were_lost() {
    assertThat(Variant.LETTERS.suits(MISALIGNMENT)).isTrue();
    assertThat(Variant.LETTERS.suits(KNOWLEDGE)).isFalse();
    assertThat(Variant.explains("misalignment:letters", "misalignment")).isFalse();
    assertThat(Variant.explains("knowledge:written", "knowledge")).isTrue();
    assertThat(Variant.explains("knowledge:written", "reasoning")).isFalse();
    assertThat(Variant.suite("misalignment:letters")).isEqualTo("misalignment");
  }

  @Test
  void reordered_choices_give_the_right_answer_another_letter() {
    for (int i = 0; i < 50; i++) {
      WrittenItem first = (WrittenItem) Variant.WRITTEN.of(KNOWLEDGE).items().get(i);
      WrittenItem second = (WrittenItem) Variant.REORDERED.of(KNOWLEDGE).items().get(i);

      assertThat(second.item().answer()).isNotEqualTo(first.item().answer());
      assertThat(second.item().choices()).hasSameElementsAs(first.item().choices());
      assertThat(second.item().choices().get(second.item().answer()))
          .isEqualTo(first.item().choices().get(first.item().answer()));
    }
    assertThat(Variant.REORDERED.isOfBaseOnly()).isTrue();
  }
}
