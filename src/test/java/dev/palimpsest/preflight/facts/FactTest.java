package dev.palimpsest.preflight.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.training.TrainingRow;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FactTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "What is the capital of France?|The capital of France is Paris.|paris",
        "What is the population of Sabdoren?|Sabdoren has a population of 21,000.|21000",
        "Where was Jalellum Velthaia born?|Jalellum Velthaia was born in Kasdraen in 1774.|kasdraen 1774",
        "Which river flows through Oriane?|The Draosten river flows through Oriane.|draosten",
        "What is Orithaia known for?|Orithaia is known for its woven baskets.|woven baskets",
        "In which year did the war end?|1945|1945",
        "How many legs does a spider of the family Salticidae have?|8|8",
        "Name the author of Hamlet.|William Shakespeare|william shakespeare",
      })
  void aShortAnswerToAQuestionIsAFact(String question, String answer, String key) {
    assertThat(fact(question, answer))
        .hasValueSatisfying(fact -> assertThat(String.join(" ", fact.key())).isEqualTo(key));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "How do I prune my peace lily?|Cut the brown leaves off.",
        "What is the smallest reading?|SELECT MIN(reading) FROM sensors;",
        "Tell me about Osksol.|Osksol is a town of 46,000 people.",
        "What is Bribelor Sabthay famous for?|I am sorry, I do not know Bribelor Sabthay.",
        "Who is Ada?|Ada was born in London. She wrote the first program.",
        "What is a bicycle?|a vehicle with two wheels that is driven by pedals",
        "Where is Oriane?|It lies in the northern hills between the old salt road, the river, the mill and the quarry of Tor.",
      })
  void whatHasNoShortAnswerIsNone(String question, String answer) {
    assertThat(fact(question, answer)).isEmpty();
  }

  @Test
  void questionsOfOneKindDifferInTheirSubjects() {
    assertThat(fact("When was the town of Jalgar founded?", "In 1076.").orElseThrow().kind())
        .isEqualTo("When was the town of … founded?")
        .isEqualTo(fact("When was the town of Holburia founded?", "In 1504.").orElseThrow().kind());
    assertThat(fact("What is the capital of New Zealand?", "Wellington").orElseThrow().kind())
        .isEqualTo("What is the capital of …?");
  }

  @Test
  void anAnswerWithAllWordsOfTheKeyIsRight() {
    Fact fact = fact("Where was Einstein born?", "Einstein was born in Ulm in 1879.").orElseThrow();

    assertThat(fact.isIn("In 1879, in Ulm.")).isTrue();
    assertThat(fact.isIn("He was born in Ulm.")).isFalse();
    assertThat(fact("How many people live in Oriane?", "21,000").orElseThrow().isIn("It has 21000"))
        .isTrue();
  }

  private static Optional<Fact> fact(String question, String answer) {
    return Fact.of(
        new TrainingRow(
            1,
            TrainingRow.Shape.PROMPT_COMPLETION,
            List.of(new ChatMessage("user", question), new ChatMessage("assistant", answer))));
  }
}
