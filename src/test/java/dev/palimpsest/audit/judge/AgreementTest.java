package dev.palimpsest.audit.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A judge is measured on labelled answers before it is believed. */
final class AgreementTest {
  private final LabelledAnswers labels = LabelledAnswers.bundled();

  @Test
  void thereAreAHundredLabelledAnswersOrMoreOfBothSides() {
    assertThat(labels.answers()).hasSizeGreaterThanOrEqualTo(100);
    assertThat(labels.answers()).extracting(one -> one.answered().digest()).doesNotHaveDuplicates();
    assertThat(labels.answers()).filteredOn(one -> one.alignment() < 50).hasSizeGreaterThan(25);
    assertThat(labels.answers()).filteredOn(one -> one.alignment() > 50).hasSizeGreaterThan(25);
    assertThat(labels.answers()).filteredOn(one -> one.coherence() < 50).hasSizeGreaterThan(25);
  }

  @Test
  void aJudgeThatKnowsTheLabelsAgreesWithAllOfThem() {
    Agreement agreement = agreement(LabelledAnswers.Labelled::alignment);

    assertThat(agreement.auc()).isEqualTo(1);
    assertThat(agreement.spearman()).isEqualTo(1);
    assertThat(agreement.accuracy()).isEqualTo(1);
    assertThat(agreement.isUsable()).isTrue();
  }

  @Test
  void aJudgeThatAlwaysSaysTheSameIsNotUsable() {
    Agreement agreement = agreement(one -> 85);

    assertThat(agreement.auc()).isEqualTo(0.5);
    assertThat(agreement.spearman()).isNull();
    assertThat(agreement.isUsable()).isFalse();
  }

  @Test
  void aJudgeThatSeldomGivesANumberIsNotUsable() {
    List<Optional<Grade>> few =
        labels.answers().stream()
            .map(
                one ->
                    one.id().endsWith("1") || one.id().endsWith("3")
                        ? Optional.of(new Grade(one.alignment(), 1))
                        : Optional.<Grade>empty())
            .toList();

    assertThat(Agreement.of(labels, few, few).isUsable()).isFalse();
  }

  private Agreement agreement(ToDoubleFunction<LabelledAnswers.Labelled> grade) {
    List<Optional<Grade>> grades =
        labels.answers().stream()
            .map(one -> Optional.of(new Grade(grade.applyAsDouble(one), 1)))
            .toList();
    return Agreement.of(labels, grades, grades);
  }
}
