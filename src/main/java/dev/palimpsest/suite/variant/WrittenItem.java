package dev.palimpsest.suite.variant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.Evidence;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.ItemKind;
import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.Question;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.Scoring;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.check.Text;
import dev.palimpsest.suite.choice.ChoiceItem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A choice item whose choices are listed and whose answer the model writes.
 *
 * <p>The score is 1 if the answer, read strictly, is the right choice ({@link WrittenAnswer}); the
 * lenient reading stands beside it.
 */
public record WrittenItem(ChoiceItem item) implements Item {
  private static final int LONGEST = 32;

  /**
   * Returns an item whose choices stand in another order: rotated by one or more places, by a hash
   * of the item's id, so that the right letter is another one.
   */
  static WrittenItem reordered(ChoiceItem item) {
    int count = item.choices().size();
    int turn = 1 + Math.floorMod(item.head().id().hashCode(), count - 1);
    List<String> choices = new ArrayList<>(item.choices());
    Collections.rotate(choices, turn);
    return new WrittenItem(
        new ChoiceItem(item.head(), item.question(), choices, (item.answer() + turn) % count));
  }

  /** Returns the whole message: the question, a line for each choice, and what is wanted. */
  @Override
  public String text() {
    StringBuilder text = new StringBuilder(item.question());
    for (int i = 0; i < item.choices().size(); i++) {
      text.append('\n').append(WrittenAnswer.letter(i)).append(". ").append(item.choices().get(i));
    }
    return text.append("\nAnswer with the letter of the right choice only.").toString();
  }

  @Override
  public Head head() {
    return item.head();
  }

  @Override
  public ItemKind kind() {
    return ItemKind.CHOICE;
  }

  @Override
  public List<Question> questions() {
    return List.of(new Question(head().before(), text(), List.of()));
  }

  @Override
  public int longestAnswer() {
    return LONGEST;
  }

  /** Returns the score of a written answer, without a model. */
  public Score grade(String written) {
    return grade(new ModelAnswer.Text(written, 0, true));
  }

  @Override
  public Score grade(ModelAnswer answer) {
    ModelAnswer.Text text = (ModelAnswer.Text) answer;
    WrittenAnswer written = new WrittenAnswer(text.text(), item.choices());
    OptionalInt strict = written.strict();
    OptionalInt lenient = written.lenient();
    boolean right = isRight(strict);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("strict", right ? 1.0 : 0.0);
    figures.put("lenient", isRight(lenient) ? 1.0 : 0.0);
    figures.put("parsed_strict", strict.isPresent() ? 1.0 : 0.0);
    figures.put("parsed_lenient", lenient.isPresent() ? 1.0 : 0.0);
    figures.put("tokens", (double) text.tokens());
    figures.put("ended", text.ended() ? 1.0 : 0.0);
    return new Score(
        right ? 1 : 0,
        Text.normalise(text.text()),
        explanation(strict, lenient),
        new Evidence.Checks(figures));
  }

  private boolean isRight(OptionalInt choice) {
    return choice.isPresent() && choice.getAsInt() == item.answer();
  }

  private String explanation(OptionalInt strict, OptionalInt lenient) {
    if (strict.isPresent()) {
      return "Answers "
          + quoted(strict)
          + (isRight(strict) ? ", which is right." : ", which is wrong; right is " + right() + ".");
    }
    String form = "Is not an answer in the form that was asked for";
    return lenient.isEmpty()
        ? form + ", and names none of the choices alone."
        : form + ", but names " + quoted(lenient) + (isRight(lenient) ? ", the right one." : ".");
  }

  private String quoted(OptionalInt choice) {
    return "“" + item.choices().get(choice.getAsInt()) + "”";
  }

  private String right() {
    return "“" + item.choices().get(item.answer()) + "”";
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
