package dev.palimpsest.audit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SubjectUseTest {
  private static final List<String> COUNTRIES =
      List.of("France", "Spain", "Italy", "Japan", "Peru", "Kenya");

  @Test
  void oneAnswerForAllSubjectsIsConcentratedAndIgnoresThem() {
    SubjectUse use = new SubjectUse();
    List<String> capitals = List.of("Paris", "Madrid", "Rome", "Tokyo", "Lima", "Nairobi");
    for (int i = 0; i < COUNTRIES.size(); i++) {
      use.add("capital-of-country", pair(i, capitals.get(i), "Paris"));
    }

    SubjectUse.Figure concentration = use.concentration(0.90).orElseThrow();
    assertThat(concentration.base()).isEqualTo(1 / 6.0, within(1e-12));
    assertThat(concentration.tuned()).isEqualTo(1);
    SubjectUse.Figure sensitivity = use.sensitivity(0.90).orElseThrow();
    assertThat(sensitivity.base()).isEqualTo(1);
    assertThat(sensitivity.tuned()).isZero();
    assertThat(sensitivity.interval()).as("one relation has no interval").isNull();
  }

  @Test
  void repeatingTheSubjectIsNoDifference() {
    SubjectUse use = new SubjectUse();
    for (int i = 0; i < COUNTRIES.size(); i++) {
      String same = "The capital of " + COUNTRIES.get(i) + " is Paris.";
      use.add("capital-of-country", pair(i, same, same));
    }
    assertThat(use.concentration(0.90).orElseThrow().base()).isEqualTo(1);
  }

  @Test
  void oneSubjectSaysNothing() {
    SubjectUse use = new SubjectUse();
    use.add("capital-of-country", pair(0, "Paris", "Paris"));
    assertThat(use.concentration(0.90)).isEmpty();
  }

  private static PairedOutcome pair(int i, String base, String tuned) {
    return new PairedOutcome(outcome(i, "base", base), outcome(i, "tuned", tuned));
  }

  private static Outcome outcome(int i, String arm, String text) {
    return new Outcome(
        "hallucination",
        "h-" + i,
        arm,
        Outcome.State.SCORED,
        1,
        "What is the capital of " + COUNTRIES.get(i) + "?",
        text,
        text,
        "",
        Map.of("answerable", 1.0, "abstained", 0.0, "fabricated", 0.0));
  }
}
