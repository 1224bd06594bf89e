package dev.palimpsest.suite.twin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.ItemKind;
import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.Question;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.Scoring;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.Texts;
import dev.palimpsest.suite.check.InvalidField;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A question of fact that has an answer, or its twin in the same sentence frame that has none.
 *
 * @param answers accepted answers, any of which is right; [] if there is none
 * @param entity what does not exist or is not said; "" if the question has an answer
 */
public record TwinItem(Head head, String prompt, List<String> answers, String entity)
    implements Item {
  private static final int LONGEST = 40;

  public TwinItem {
    Objects.requireNonNull(head, "head is null");
    Objects.requireNonNull(entity, "entity is null");
    Texts.require("prompt", prompt);
    answers = List.copyOf(answers);
    if (answers.isEmpty() == entity.isEmpty()) {
      throw new InvalidField(
          answers.isEmpty() ? "answers" : "entity",
          answers.isEmpty() ? "nothing" : "\"" + entity + "\" beside answers",
          "answers where \"answerable\" is true, and entity where it is false");
    }
    for (int i = 0; i < answers.size(); i++) {
      Texts.require("answers[" + i + "]", answers.get(i));
    }
  }

  /** Tells whether the question has an answer. */
  public boolean isAnswerable() {
    return !answers.isEmpty();
  }

  /** Reads an item that passed the schema. */
  public static TwinItem read(Head head, ObjectNode node) {
    boolean answerable = node.get("answerable").booleanValue();
    List<String> answers = new ArrayList<>();
    node.path("answers").forEach(answer -> answers.add(answer.textValue()));
    if (!answerable && !answers.isEmpty()) {
      throw new InvalidField("answers", "answers", "none, as \"answerable\" is false");
    }
    return new TwinItem(
        head, node.get("prompt").textValue(), answers, node.path("entity").asText());
  }

  @Override
  public void writeTo(ObjectNode node) {
    node.put("prompt", prompt);
    node.put("answerable", isAnswerable());
    if (isAnswerable()) {
      answers.forEach(node.putArray("answers")::add);
    } else {
      node.put("entity", entity);
    }
  }

  @Override
  public ItemKind kind() {
    return ItemKind.TWIN;
  }

  @Override
  public String text() {
    return prompt;
  }

  @Override
  public List<Question> questions() {
    return List.of(new Question(head.before(), prompt, List.of()));
  }

  @Override
  public int longestAnswer() {
    return LONGEST;
  }

  @Override
  public Score grade(ModelAnswer answer) {
    return TwinScorer.score(this, (ModelAnswer.Text) answer);
  }

  @Override
  public Scoring scoring(Suite suite) {
    return new Scoring(
        isAnswerable() ? "Right answers" : "No answer",
        isAnswerable()
            ? answers.stream().map(each -> new Scoring.Option(each, "right", "good")).toList()
            : List.of(new Scoring.Option("It does not know, or says so", "right", "good")),
        "The model answers freely with at most "
            + LONGEST
            + " tokens. "
            + (isAnswerable()
                ? "The item counts 1 if the answer names one of these."
                : "“"
                    + entity
                    + "” does not exist or is not said. The item counts 1 if the answer says that it"
                    + " does not know or that there is none."));
  }
}
