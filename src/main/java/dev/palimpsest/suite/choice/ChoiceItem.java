package dev.palimpsest.suite.choice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.ItemKind;
import dev.palimpsest.suite.LogProb;
import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.Question;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.Scoring;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.Texts;
import dev.palimpsest.suite.check.InvalidField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A question with one right answer among a few.
 *
 * @param choices 2 to 6 different answers
 * @param answer index of the right one, from 0
 */
public record ChoiceItem(Head head, String question, List<String> choices, int answer)
    implements Item {
  private static final int MIN_CHOICES = 2;
  private static final int MAX_CHOICES = 6;

  public ChoiceItem {
    Objects.requireNonNull(head, "head is null");
    Texts.require("question", question);
    choices = List.copyOf(choices);
    if (choices.size() < MIN_CHOICES || choices.size() > MAX_CHOICES) {
      throw new InvalidField("choices", choices.size() + " choices", "2 to 6 choices");
    }
    requireDifferent(choices);
    if (answer < 0 || answer >= choices.size()) {
      throw new InvalidField(
          "answer",
          String.valueOf(answer),
          "the index of the right choice, from 0 to " + (choices.size() - 1));
    }
  }

  private static void requireDifferent(List<String> choices) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < choices.size(); i++) {
      String field = "choices[" + i + "]";
      Texts.require(field, choices.get(i));
      if (!seen.add(choices.get(i).strip())) {
        throw new InvalidField(
            field, "\"" + choices.get(i) + "\" a second time", "choices that all differ");
      }
    }
  }

  @Override
  public ItemKind kind() {
    return ItemKind.CHOICE;
  }

  @Override
  public String text() {
    return question;
  }

  /** Reads an item that passed the schema. */
  public static ChoiceItem read(Head head, ObjectNode node) {
    List<String> choices = new ArrayList<>();
    node.get("choices").forEach(choice -> choices.add(choice.textValue()));
    return new ChoiceItem(
        head, node.get("question").textValue(), choices, node.get("answer").intValue());
  }

  @Override
  public void writeTo(ObjectNode node) {
    node.put("question", question);
    choices.forEach(node.putArray("choices")::add);
    node.put("answer", answer);
  }

  /**
   * The choices as answers to the question, and, to take off what their wording is worth, alone.
   */
  @Override
  public List<Question> questions() {
    List<String> continuations = choices.stream().map(choice -> " " + choice).toList();
    return List.of(
        new Question(head.before(), question, continuations), Question.alone(continuations));
  }

  @Override
  public int longestAnswer() {
    return 0;
  }

  @Override
  public Score grade(ModelAnswer answer) {
    List<List<LogProb>> found = ((ModelAnswer.LogProbs) answer).questions();
    return found.size() < 2
        ? ChoiceScorer.score(this, found.get(0))
        : ChoiceScorer.score(this, found.get(0), found.get(1));
  }

  @Override
  public Scoring scoring(Suite suite) {
    List<Scoring.Option> options = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      boolean right = i == answer;
      options.add(
          new Scoring.Option(choices.get(i), right ? "right" : "wrong", right ? "good" : "open"));
    }
    return new Scoring(
        "Choices",
        options,
        Scoring.asked(suite.answerPrefix())
            + " Each choice is put after it, and the one whose tokens have the highest summed"
            + " log-likelihood is the model's answer. The item counts 1 if that is the right one.");
  }
}
