package dev.palimpsest.preflight.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The categories of SliCK by hand: two sets of examples, one likeliest and two sampled answers. */
final class KnownFactsTest {
  private final Map<Fact, FactTrial.Answers> answers = new LinkedHashMap<>();

  @Test
  void theCategoriesAreThoseOfThePaper() {
    say("Paris", List.of("Paris", "Paris"), List.of("Paris", "Lyon", "Paris", "Paris"));
    say("Rome", List.of("Rome", "Milan"), List.of("x", "x", "x", "x"));
    say("Oslo", List.of("Bergen", "Bergen"), List.of("Bergen", "Oslo", "x", "x"));
    say("Lima", List.of("Cusco", "Cusco"), List.of("x", "x", "x", "x"));

    KnownFacts facts = facts(8);

    assertThat(facts.tried())
        .extracting(TriedFact::known)
        .containsExactly(Known.HIGHLY, Known.MAYBE, Known.WEAKLY, Known.UNKNOWN);
    assertThat(facts.shares().get(Known.UNKNOWN).count()).isEqualTo(1);
    // Wilson's interval of 1 in 4 at 95 %, by R: prop.test(1, 4, correct = FALSE).
    assertThat(facts.shares().get(Known.UNKNOWN).interval().low()).isCloseTo(0.0456, within(1e-4));
    assertThat(facts.shares().get(Known.UNKNOWN).interval().high()).isCloseTo(0.6994, within(1e-4));
  }

  @Test
  void anAnswerThatIsGivenToAllIsAGuess() {
    for (int i = 0; i < 8; i++) {
      say("Town" + i, Collections.nCopies(2, "amber"), Collections.nCopies(6, "amber"));
    }
    say("amber", Collections.nCopies(2, "amber"), Collections.nCopies(6, "amber"));
    say("salt", List.of("amber", "salt"), Collections.nCopies(6, "salt"));

    KnownFacts facts = facts(10);

    assertThat(facts.guessed()).isEqualTo(1);
    assertThat(facts.tried().get(8).known()).isEqualTo(Known.UNKNOWN);
    assertThat(facts.tried().get(8).guess()).isGreaterThan(0.8);
    assertThat(facts.tried().get(9).known()).isEqualTo(Known.MAYBE);
  }

  @Test
  void theForecastIsThePapersLawOfTheRowsThatTeachUnknownFacts() {
    say("Lima", List.of("Cusco"), List.of("x"));
    say("Quito", List.of("Quito"), List.of("Quito"));

    Forecast forecast = facts(4).forecast().orElseThrow();

    // Half of the two facts are unknown, and half of the four rows are facts.
    assertThat(forecast.unknownRows()).isCloseTo(0.25, within(1e-12));
    assertThat(forecast.sameKinds()).isCloseTo(8.3 * 0.25, within(1e-12));
    assertThat(forecast.otherKinds()).isCloseTo(3.0 * 0.25, within(1e-12));
    assertThat(forecast.sentence()).contains("25% of the rows", "2.1 points", "2405.05904");
  }

  @Test
  void theTailOfABinomialIsThatOfR() {
    // R: pbinom(4, 25, 0.1, lower.tail = FALSE) and pbinom(9, 12, 0.6, lower.tail = FALSE)
    assertThat(TriedFact.atLeast(5, 25, 0.1)).isCloseTo(0.0979937, within(1e-6));
    assertThat(TriedFact.atLeast(10, 12, 0.6)).isCloseTo(0.0834435, within(1e-6));
    assertThat(TriedFact.atLeast(1, 25, 0)).isZero();
    assertThat(TriedFact.atLeast(25, 25, 1)).isEqualTo(1);
  }

  private void say(String key, List<String> greedy, List<String> sampled) {
    String question = "What is the capital of Land" + answers.size() + "?";
    answers.put(
        new Fact(
            answers.size() + 1,
            question,
            key,
            "What is the capital of …?",
            List.of(key.toLowerCase(java.util.Locale.ROOT))),
        new FactTrial.Answers(greedy, sampled));
  }

  private KnownFacts facts(int rows) {
    return KnownFacts.of(
        FactMode.LITE,
        new FactSample.Found(rows, answers.size(), new ArrayList<>(answers.keySet())),
        answers);
  }
}
