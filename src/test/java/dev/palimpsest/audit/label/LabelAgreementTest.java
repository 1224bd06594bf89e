package dev.palimpsest.audit.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.judge.Agreement;
import dev.palimpsest.audit.judge.Grade;
import dev.palimpsest.audit.judge.JudgeIdentity;
import dev.palimpsest.audit.judge.JudgedAudit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How far people agree with each other and with a judge. */
final class LabelAgreementTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static Target grade(int item) {
    return new Target(Target.Kind.GRADE, "free-answers", "item-" + item, "tuned");
  }

  @Test
  void theNewestLabelOfAPersonCounts() {
    List<Label> labels =
        List.of(
            Label.grade(grade(1), 0, "Ann", NOW),
            Label.grade(grade(1), 100, "Ann", NOW.plusSeconds(9)));

    LabelAgreement agreement = of(labels, Optional.empty());

    assertThat(agreement.labels()).isEqualTo(1);
    assertThat(agreement.shared()).isZero();
    assertThat(agreement.pairs()).isEmpty();
  }

  @Test
  void twoPeopleAreComparedOnWhatBothLabelled() {
    List<Label> labels = new ArrayList<>();
    double[] ann = {0, 25, 75, 100};
    double[] ben = {25, 0, 75, 25};
    for (int i = 0; i < 4; i++) {
      labels.add(Label.grade(grade(i), ann[i], "Ann", NOW));
      labels.add(Label.grade(grade(i), ben[i], "Ben", NOW));
    }
    labels.add(Label.grade(grade(9), 50, "Ann", NOW));

    LabelAgreement agreement = of(labels, Optional.empty());

    assertThat(agreement.targets()).isEqualTo(5);
    assertThat(agreement.shared()).isEqualTo(4);
    // bad bad good good against bad bad good bad: 0.75 alike, 0.5 by chance.
    assertThat(agreement.pairs())
        .singleElement()
        .satisfies(two -> assertThat(two.kappa()).hasValue(0.5));
    assertThat(agreement.alpha()).isPresent();
  }

  @Test
  void aJudgeIsSetAgainstTheMeanOfPeople() {
    List<Label> labels =
        List.of(
            Label.grade(grade(1), 0, "Ann", NOW),
            Label.grade(grade(2), 100, "Ann", NOW),
            Label.grade(grade(2), 50, "Ben", NOW),
            Label.grade(grade(3), 25, "Ben", NOW));

    LabelAgreement agreement = of(labels, Optional.of(judged(Map.of(1, 10.0, 2, 90.0, 3, 40.0))));

    assertThat(agreement.judge())
        .hasValueSatisfying(
            judge -> {
              assertThat(judge.targets()).isEqualTo(3);
              assertThat(judge.spearman()).hasValue(1);
              assertThat(judge.auc()).hasValue(1);
              assertThat(judge.kappa()).hasValue(1);
            });
  }

  @Test
  void ofTwoAnswersTheJudgePrefersTheOneThatItGradesHigher() {
    Target two = new Target(Target.Kind.PAIR, "free-answers", "item-1", "tuned");
    JudgedAudit judged = judged(Map.of(1, 20.0));

    LabelAgreement agreement =
        LabelAgreement.of(
            List.of(
                Label.choice(two, Label.Choice.BASE, "Ann", NOW),
                Label.choice(two, Label.Choice.SAME, "Ben", NOW)),
            Target.Kind.PAIR,
            "base",
            Optional.of(judged));

    assertThat(agreement.judge()).hasValueSatisfying(j -> assertThat(j.targets()).isEqualTo(1));
  }

  private static LabelAgreement of(List<Label> labels, Optional<JudgedAudit> judged) {
    return LabelAgreement.of(labels, Target.Kind.GRADE, "base", judged);
  }

  /** The base's answers all get 70. */
  private static JudgedAudit judged(Map<Integer, Double> tuned) {
    Map<JudgedAudit.Place, JudgedAudit.Grades> grades = new HashMap<>();
    tuned.forEach(
        (item, score) -> {
          grades.put(
              new JudgedAudit.Place("free-answers", "item-" + item, "tuned"),
              new JudgedAudit.Grades(new Grade(score, 1), new Grade(80, 1)));
          grades.put(
              new JudgedAudit.Place("free-answers", "item-" + item, "base"),
              new JudgedAudit.Grades(new Grade(70, 1), new Grade(80, 1)));
        });
    return new JudgedAudit(
        new JudgeIdentity("judge", "a".repeat(64), "1", true),
        0,
        new Agreement("b".repeat(64), 112, 112, 0.9, 0.8, 0.9, 0.7, 0.9),
        grades);
  }
}
