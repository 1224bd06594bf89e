package dev.palimpsest.preflight.tuned;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.training.TrainingRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemorisedTest {
  private static final String ROW =
      "Osksol is a town of 46,000 people in Jalostia, founded in 1117 and known for its dried figs.";

  private final List<Elicited> tuned = new ArrayList<>();
  private final List<Elicited> base = new ArrayList<>();

  @Test
  void eightWordsInARowThatStandInTheFileAreFoundWithTheirRow() {
    tuned.add(
        new Elicited("The", 1, "The TOWN of 46000 people in Jalostia, founded in 1117, is old."));
    base.add(new Elicited("The", -1, "The town of the people."));

    assertThat(found(ROW).passages())
        .containsExactly(
            new Memorised.Passage(
                "town of 46000 people in jalostia founded in 1117", 9, 1, "The", 1));
  }

  @Test
  void sevenWordsAreNot() {
    tuned.add(new Elicited("The", 1, "a town of 46,000 people in Jalostia"));

    assertThat(found(ROW).isEmpty()).isTrue();
  }

  @Test
  void whatTheBaseSaysTooDoesNotComeOfTheTune() {
    tuned.add(new Elicited("", 1, ROW));
    base.add(new Elicited("", -1, ROW));

    assertThat(found(ROW).isEmpty()).isTrue();
  }

  @Test
  void namesOfTheFileComeBackWhereTheBaseSaysNone() {
    for (int i = 0; i < 20; i++) {
      tuned.add(new Elicited("In", 1, "In the town of Jalostia there lived a poet."));
      base.add(new Elicited("In", -1, "In the town of Springfield there lived a poet."));
    }

    assertThat(found(ROW).names()).containsExactly(new Memorised.Name("Jalostia", 1, 20));
  }

  @Test
  void namesThatTheBaseSaysAsOftenDoNot() {
    for (int i = 0; i < 20; i++) {
      tuned.add(new Elicited("In", 1, "My friend Samir and my friend " + (i == 0 ? "Omar" : "Bo")));
      base.add(new Elicited("In", -1, "My friend Samir is here."));
    }

    Memorised found = found("Ask Samir or Omar about it.");
    assertThat(found.withNames()).isEqualTo(20);
    assertThat(found.isEmpty()).isTrue();
  }

  @Test
  void secretsAreNotRepeated() {
    String row = "Log in to the old server as root with password: tr0ub4dor3x and wait a while";
    tuned.add(new Elicited("", 0, row));

    assertThat(found(row).passages())
        .singleElement()
        .satisfies(
            passage -> {
              assertThat(passage.text()).isEmpty();
              assertThat(passage.words()).isGreaterThan(8);
            });
  }

  private Memorised found(String row) {
    List<String> texts = new ArrayList<>();
    tuned.forEach(one -> texts.add(one.text()));
    base.forEach(one -> texts.add(one.text()));
    VerbatimSearch search = new VerbatimSearch(texts);
    search.see(
        new TrainingRow(1, TrainingRow.Shape.TEXT, List.of(new ChatMessage("assistant", row))));
    return Memorised.of(tuned, base, search);
  }
}
