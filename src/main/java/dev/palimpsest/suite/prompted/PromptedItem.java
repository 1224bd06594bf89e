package dev.palimpsest.suite.prompted;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.Conversation;
import dev.palimpsest.suite.Conversation.Turn;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.ItemKind;
import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.Question;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.Scoring;
import dev.palimpsest.suite.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An item with something given before it; what it asks and how it is graded stay its own.
 *
 * @param item what is asked
 * @param given a system prompt and worked examples, before the item's own
 * @param passages what stands before the question in its message, "" for nothing
 */
record PromptedItem(Item item, Conversation given, String passages) implements Item {
  @Override
  public Head head() {
    Head head = item.head();
    return new Head(head.id(), head.tier(), head.topic(), head.cluster(), before(head.before()));
  }

  private Conversation before(Conversation own) {
    boolean both = !given.system().isEmpty() && !own.system().isEmpty();
    List<Turn> turns = new ArrayList<>(given.turns());
    turns.addAll(own.turns());
    return new Conversation(given.system() + (both ? "\n\n" : "") + own.system(), turns);
  }

  @Override
  public ItemKind kind() {
    return item.kind();
  }

  @Override
  public Optional<String> language() {
    return item.language();
  }

  @Override
  public String text() {
    return item.text();
  }

  /** Answers without their question stay as they are: nothing is given before them. */
  @Override
  public List<Question> questions() {
    return item.questions().stream().map(this::given).toList();
  }

  private Question given(Question question) {
    return question.isAlone() || question.bare()
        ? question
        : new Question(
            before(question.before()), passages + question.text(), question.continuations());
  }

  @Override
  public int longestAnswer() {
    return item.longestAnswer();
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
