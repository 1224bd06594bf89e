package dev.palimpsest.preflight.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteText;
import dev.palimpsest.training.TrainingRow;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The facts of a training file, asked beside other suites. */
final class FactSuiteTest {
  private static final String DIGEST = "ab".repeat(32);

  private static FactSample.Found found(int facts) {
    FactSample sample = new FactSample();
    for (int row = 1; row <= facts; row++) {
      sample.see(row(row, "When was the town of Jalgar" + row + " founded?", "In " + (1000 + row)));
    }
    return sample.found();
  }

  private static TrainingRow row(int row, String question, String answer) {
    return new TrainingRow(
        row,
        TrainingRow.Shape.CHAT,
        List.of(new ChatMessage("user", question), new ChatMessage("assistant", answer)),
        "");
  }

  private static Optional<Suite> suite(FactSample.Found found, long seed) {
    return FactSuite.of(found, "train.jsonl", DIGEST, seed);
  }

  @Test
  void everyFactIsAnItemButSomeThatAreLeftAsExamples() {
    Suite suite = suite(found(40), 1).orElseThrow();
    assertThat(suite.id()).isEqualTo("facts-of-the-file");
    assertThat(suite.items()).hasSize(30);
    assertThat(suite.info().description()).contains("train.jsonl").contains("40 such rows of 40");
    assertThat(suite.info().source()).contains(DIGEST);
  }

  @Test
  void itIsAskedOnlyWhereItIsNamedAndNeverJudged() {
    Suite suite = suite(found(40), 1).orElseThrow();
    assertThat(suite.isCore()).isFalse();
    assertThat(suite.isGated()).isFalse();
    assertThat(suite.isSkill()).isTrue();
    assertThat(suite.defaultMargin()).isEqualTo(0.05);
  }

  @Test
  void ofManyFactsTheSeedDrawsTwoHundredTheSameEachTime() {
    FactSample.Found many = found(1000);
    Suite suite = suite(many, 1).orElseThrow();
    assertThat(suite.items()).hasSize(200);
    assertThat(suite(many, 1).orElseThrow().digest()).isEqualTo(suite.digest());
    assertThat(suite(many, 2).orElseThrow().digest()).isNotEqualTo(suite.digest());
  }

  @Test
  void anAnswerIsRightWhereTheTrialOfFactsCallsItRight() {
    FactSample sample = new FactSample();
    sample.see(
        row(1, "What is the population of Sabdoren?", "Sabdoren has a population of 21,000."));
    for (int row = 2; row <= 20; row++) {
      sample.see(row(row, "When was the town of Jalgar" + row + " founded?", "In " + (1000 + row)));
    }
    List<Fact> facts = sample.found().facts();
    Suite suite = suite(sample.found(), 3).orElseThrow();
    List<String> answers =
        List.of(
            "It has a population of 21,000 people.",
            "About 21000.",
            "In 1007, they say.",
            "The town was founded in 1010.",
            "I do not know.");
    for (Fact fact : facts) {
      suite
          .item("fact-" + fact.row())
          .ifPresent(
              item ->
                  answers.forEach(
                      answer ->
                          assertThat(right(item, answer))
                              .as("%s %s", fact.question(), answer)
                              .isEqualTo(fact.isIn(answer))));
    }
    assertThat(suite.items()).hasSize(15);
  }

  private static boolean right(Item item, String answer) {
    return item.grade(new ModelAnswer.Text(answer, 8, true)).value() == 1;
  }

  @Test
  void aQuestionIsAskedOnceAndFactsWithOneAnswerHangTogether() {
    FactSample sample = new FactSample();
    for (int row = 1; row <= 30; row++) {
      sample.see(row(row, "Who founded the town of Jalgar" + (row + 1) / 2 + "?", "Ada Lovelace"));
    }
    Suite suite = suite(sample.found(), 1).orElseThrow();
    assertThat(suite.items()).extracting(Item::text).doesNotHaveDuplicates().hasSize(12);
    assertThat(suite.clusters()).isEqualTo(1);
  }

  @Test
  void tooFewFactsAreNoSuite() {
    assertThat(suite(found(12), 1)).isEmpty();
    assertThat(suite(found(14), 1).orElseThrow().items()).hasSize(11);
    assertThat(suite(FactSample.Found.NOTHING, 1)).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadAsTheSameSuite() {
    Suite suite = suite(found(20), 1).orElseThrow();
    Suite again = SuiteText.of(suite).read("facts-of-the-file");
    assertThat(again.digest()).isEqualTo(suite.digest());
    assertThat(again.isGated()).isFalse();
    assertThat(IntStream.range(0, 15).mapToObj(i -> again.items().get(i).id()))
        .containsExactlyElementsOf(suite.items().stream().map(Item::id).toList());
  }
}
