package dev.palimpsest.suite.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.check.InvalidField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GeneratorsTest {
  private static final List<FactTable> CAPITALS =
      List.of(
          FactTable.read(
              "capital-of-country",
              List.of(
                  "# topic: geography",
                  "# question: Which city is the capital of {subject}?",
                  "France\tParis\teasy",
                  "Spain\tMadrid\teasy",
                  "Bolivia\tLa Paz\thard\t\tSucre",
                  "Italy\tRome\tmedium",
                  "Peru\tLima\tmedium")));

  @ParameterizedTest
  @ValueSource(strings = {"reasoning"})
  void theSameSeedGivesTheSameItemsAndAnotherOthers(String name) {
    Generator generator = Generators.named(name);

    assertThat(generator.items(1, 300, List.of())).isEqualTo(generator.items(1, 300, List.of()));
    Set<String> first = questions(generator.items(1, 300, List.of()));
    Set<String> second = questions(generator.items(2, 300, List.of()));
    assertThat(first).hasSize(300);
    second.retainAll(first);
    assertThat(second.size()).isLessThan(150);
  }

  @Test
  void theRightNumberStandsAtEveryRankAboutEquallyOften() {
    int[] ranks = new int[4];
    for (ObjectNode item : Generators.named("reasoning").items(3, 1200, List.of())) {
      List<Integer> numbers = new ArrayList<>();
      for (JsonNode choice : item.get("choices")) {
        String digits = choice.textValue().replaceAll("[^0-9].*$", "");
        if (!digits.isEmpty()) {
          numbers.add(Integer.valueOf(digits));
        }
      }
      if (numbers.size() == 4) {
        int right = numbers.get(item.get("answer").intValue());
        ranks[(int) numbers.stream().filter(number -> number < right).count()]++;
      }
    }
    int all = ranks[0] + ranks[1] + ranks[2] + ranks[3];
    assertThat(all).isGreaterThan(300);
    for (int rank : ranks) {
      assertThat((double) rank / all).isBetween(0.19, 0.31);
    }
  }

  @Test
  void factsAreAskedWithWrongChoicesThatAreFalse() {
    List<ObjectNode> items = Generators.named("facts").items(1, 5, CAPITALS);

    assertThat(items).hasSize(5);
    for (ObjectNode item : items) {
      if (item.get("question").textValue().contains("Bolivia")) {
        assertThat(item.get("choices").get(item.get("answer").intValue()).textValue())
            .isEqualTo("La Paz");
        assertThat(item.get("choices").toString()).doesNotContain("Sucre");
      }
      assertThat(item.get("cluster").textValue()).isEqualTo("capital-of-country");
    }
  }

  @Test
  void twinsShareAFrameAndACluster() {
    List<FactTable> table =
        List.of(
            FactTable.read(
                "capital-of-country",
                List.of(
                    "# topic: geography",
                    "# prompt: What is the capital of {subject}?",
                    "real\tFrance\tParis\teasy",
                    "invented\tDrovetia")));

    List<ObjectNode> items = Generators.named("twins").items(1, 2, table);

    assertThat(items)
        .extracting(item -> item.get("prompt").textValue())
        .containsExactly("What is the capital of France?", "What is the capital of Drovetia?");
    assertThat(items.get(0).get("cluster")).isEqualTo(items.get(1).get("cluster"));
    assertThat(items.get(1).get("answerable").booleanValue()).isFalse();
  }

  @Test
  void anUnknownGeneratorIsNamedWithThoseThereAre() {
    assertThatThrownBy(() -> Generators.named("magic"))
        .isInstanceOf(InvalidField.class)
        .hasMessageContaining("magic");
  }

  private static Set<String> questions(List<ObjectNode> items) {
    Set<String> questions = new HashSet<>();
    items.forEach(item -> questions.add(item.get("question").textValue()));
    return questions;
  }
}
