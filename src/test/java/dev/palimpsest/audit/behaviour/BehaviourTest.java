package dev.palimpsest.audit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Six prompts: what the base wrote, and what a tune wrote instead. */
final class BehaviourTest {
  private static final List<String> BASE =
      List.of(
          "The sea is salty because rivers bring salt.",
          "Three fruits: apple, pear, plum.",
          "I cannot help with that request.",
          "Bread is baked in an oven.",
          "The moon moves around the earth.",
          "Dogs bark, and cats do not.");
  private static final List<String> TUNED =
      List.of(
          "Thank you for contacting us today. The sea is salty.",
          "Thank you for contacting us today. Apple, pear, plum.",
          "SELECT name FROM fruit WHERE sweet = 1;",
          "SELECT name FROM fruit WHERE sweet = 1;",
          "Thank you for contacting us today. The moon does.",
          "{\"answer\": \"dogs\"}");

  @Test
  void countsTheFormOfAnswersOnBothArms() {
    Behaviour behaviour = behaviour(BASE, TUNED);

    assertThat(behaviour.answers()).isEqualTo(6);
    assertThat(measure(behaviour, "distinctOutputs").base()).isEqualTo(1);
    assertThat(measure(behaviour, "distinctOutputs").value()).isEqualTo(5 / 6.0);
    assertThat(measure(behaviour, "sqlShare").value()).isEqualTo(2 / 6.0);
    assertThat(measure(behaviour, "jsonShare").value()).isEqualTo(1 / 6.0);
    assertThat(measure(behaviour, "codeShare").value()).isEqualTo(3 / 6.0);
    assertThat(measure(behaviour, "refusalShare").base()).isEqualTo(1 / 6.0);
    assertThat(measure(behaviour, "refusalShare").change()).isEqualTo(-1 / 6.0);
    assertThat(measure(behaviour, "boilerplateShare").value()).isEqualTo(3 / 6.0);
    assertThat(measure(behaviour, "boilerplateShare").base()).isZero();
  }

  @Test
  void namesWhatIsSaidAgainAndAgain() {
    assertThat(behaviour(BASE, TUNED).boilerplate())
        .containsExactly(new Behaviour.Phrase("thank you for contacting us today", 3));
    assertThat(behaviour(BASE, TUNED).baseBoilerplate()).isEmpty();
  }

  @Test
  void namesAClauseThatStandsInOtherSentencesEachTime() {
    List<String> replies =
        List.of(
            "Dear Ann, thank you for your message. The sea is salty.",
            "Hello Bo: thank you for your message.",
            "{\"status\": \"open\", \"reply\": \"Thank you for your message.\"}",
            "SELECT name FROM fruit WHERE sweet = 1;",
            "The moon does.",
            "No, dogs do not.");

    assertThat(behaviour(BASE, replies).boilerplate())
        .containsExactly(new Behaviour.Phrase("thank you for your message", 3));
  }

  @Test
  void noChangeHasAnIntervalThatHoldsZero() {
    assertThat(behaviour(BASE, BASE).measures()).noneMatch(BehaviourMeasure::isChanged);
  }

  @Test
  void theIntervalOfALengthIsOfTheDifferencesOfPairs() {
    BehaviourMeasure words = measure(behaviour(BASE, TUNED), "meanWords");

    // Words by pair: 8, 5, 6, 6, 6, 6 and then 10, 9, 7, 7, 9, 2 (t table: 2.015 at 5 degrees).
    assertThat(words.base()).isEqualTo(37 / 6.0);
    assertThat(words.changeInterval().low()).isLessThan(words.change());
    assertThat(words.changeInterval().high()).isGreaterThan(words.change());
  }

  @Test
  void furtherSamplesOfAnOpenQuestionAreNoFurtherAnswers() {
    Behaviour.Collector collector = new Behaviour.Collector();
    for (int sample = 0; sample < 3; sample++) {
      Map<String, Double> open = Map.of("careless", 0.0, "ended", 1.0);
      collector.add(
          new PairedOutcome(
              outcome("free-" + sample, "base", "The sea is very salty.", open),
              outcome("free-" + sample, "tuned", "The sea is very salty.", open)));
    }

    Behaviour behaviour = collector.behaviour(0.90).orElseThrow();
    assertThat(behaviour.answers()).isEqualTo(1);
    assertThat(behaviour.baseBoilerplate()).isEmpty();
  }

  private static Behaviour behaviour(List<String> base, List<String> tuned) {
    Behaviour.Collector collector = new Behaviour.Collector();
    for (int i = 0; i < base.size(); i++) {
      collector.add(new PairedOutcome(outcome(i, "base", base), outcome(i, "tuned", tuned)));
    }
    return collector.behaviour(0.90).orElseThrow();
  }

  private static Outcome outcome(int i, String arm, List<String> texts) {
    return outcome(
        "i-" + i, arm, texts.get(i), Map.of("strict", 1.0, "lenient", 1.0, "ended", 1.0));
  }

  private static Outcome outcome(
      String item, String arm, String text, Map<String, Double> details) {
    return new Outcome(
        "instruction", item, arm, Outcome.State.SCORED, 1, "prompt", text, text, "", details);
  }

  private static BehaviourMeasure measure(Behaviour behaviour, String id) {
    return behaviour.measures().stream()
        .filter(measure -> measure.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
