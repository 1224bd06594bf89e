package dev.palimpsest.audit.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.WordingException;
import dev.palimpsest.storage.Database;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Labels of free answers, as every database has to keep them. */
abstract class LabelsContract {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
  private static final Target ANSWER =
      new Target(Target.Kind.GRADE, "free-answers", "free-bill-plain-s1", "tuned");
  private static final Target TWO =
      new Target(Target.Kind.PAIR, "free-answers", "free-bill-plain-s1", "tuned");

  private final Database database = fresh();
  private final Labels labels = new Labels(database);

  /** Returns a database that nobody else uses, with nothing in it. */
  abstract Database fresh();

  @BeforeEach
  void insertAudit() {
    database.write(
        handle ->
            handle.execute(
                "insert into audit (id, plan, plan_digest, frozen_at)"
                    + " values ('audit', '{}', 'digest', current_timestamp)"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void labelsComeBackWithNameAndTimeOldestFirst() {
    labels.add("audit", Label.grade(ANSWER, 75, " Zoë O'Hara ", NOW));
    labels.add("audit", Label.choice(TWO, Label.Choice.SAME, "Ben", NOW));

    assertThat(labels.of("audit"))
        .containsExactly(
            Label.grade(ANSWER, 75, "Zoë O'Hara", NOW),
            Label.choice(TWO, Label.Choice.SAME, "Ben", NOW));
    assertThat(labels.of("other")).isEmpty();
  }

  @Test
  void aLabelIsAGradeOfOneAnswerOrAChoiceBetweenTwo() {
    assertThatThrownBy(() -> Label.grade(TWO, 75, "Ann", NOW)).isInstanceOf(LabelException.class);
    assertThatThrownBy(() -> Label.grade(ANSWER, 101, "Ann", NOW))
        .isInstanceOf(LabelException.class)
        .hasMessage("The grade is 101.0; it should be a number from 0 to 100.");
    assertThatThrownBy(() -> Label.grade(ANSWER, 10, " ", NOW))
        .isInstanceOf(LabelException.class)
        .hasMessage("A label needs your name; write it and label again.");
  }

  @Test
  void whatWasRemovedCannotBeLabelledAndNamesFollowTheOneRule() {
    assertThatThrownBy(() -> labels.add("removed", Label.grade(ANSWER, 10, "Ann", NOW)))
        .isInstanceOf(LabelException.class)
        .hasMessageContaining("The audit was removed");
    assertThatThrownBy(() -> labels.add("audit", Label.grade(ANSWER, 10, "An\u202En", NOW)))
        .isInstanceOf(WordingException.class);
  }
}
