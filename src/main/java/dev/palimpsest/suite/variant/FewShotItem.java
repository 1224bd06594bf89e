package dev.palimpsest.suite.variant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.Conversation;
import dev.palimpsest.suite.Conversation.Role;
import dev.palimpsest.suite.Conversation.Turn;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.ItemKind;
import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.Question;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.Scoring;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.choice.ChoiceItem;
import java.util.ArrayList;
import java.util.List;

/**
 * A choice item after worked examples, scored by log-likelihood as without them.
 *
 * @param item what is asked
 * @param shots the examples as earlier turns of the conversation, the same for every item of a
 *     suite
 */
record FewShotItem(ChoiceItem item, Conversation shots) implements Item {
  /** As many as science.md 1.2 asks for. */
  private static final int SHOTS = 5;

  static FewShotItem of(ChoiceItem item, Suite suite) {
    List<Turn> turns = new ArrayList<>();
    suite.shots().stream()
        .limit(SHOTS)
        .forEach(
            shot -> {
              ChoiceItem example = (ChoiceItem) shot;
              turns.add(new Turn(Role.USER, example.question()));
              turns.add(
                  new Turn(
                      Role.ASSISTANT,
                      (suite.answerPrefix() + " " + example.choices().get(example.answer()) + ".")
                          .strip()));
            });
    turns.addAll(item.head().before().turns());
    return new FewShotItem(item, new Conversation(item.head().before().system(), turns));
  }

  @Override
  public Head head() {
    Head head = item.head();
    return new Head(head.id(), head.tier(), head.topic(), head.cluster(), shots);
  }

  @Override
  public ItemKind kind() {
    return ItemKind.CHOICE;
  }

  @Override
  public String text() {
    return item.text();
  }

  @Override
  public List<Question> questions() {
    return item.questions().stream()
        .map(question -> question.isAlone() ? question : question.after(shots))
        .toList();
  }

  @Override
  public int longestAnswer() {
    return 0;
  }

  @Override
  public Score grade(ModelAnswer answer) {
    return item.grade(answer);
  }

  @Override
  public Scoring scoring(Suite suite) {
    return item.scoring(suite);
  }

  @Override
  public void writeTo(ObjectNode node) {
    item.writeTo(node);
  }
}
