package dev.palimpsest.suite.text;

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
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A passage of which the whole likelihood is measured, without a prompt or a chat template.
 *
 * @param language of the passage, such as "de"
 * @param passage the text
 */
public record TextItem(Head head, Optional<String> language, String passage) implements Item {
  public TextItem {
    Objects.requireNonNull(head, "head is null");
    Objects.requireNonNull(language, "language is null");
    Texts.require("text", passage);
    if (!passage.equals(passage.strip())) {
      throw new InvalidField("text", "white space at an end", "a text without it");
    }
  }

  /** Reads an item that passed the schema. */
  public static TextItem read(Head head, ObjectNode node) {
    return new TextItem(
        head, Optional.ofNullable(node.path("language").textValue()), node.get("text").textValue());
  }

  @Override
  public ItemKind kind() {
    return ItemKind.TEXT;
  }

  @Override
  public String text() {
    return passage;
  }

  @Override
  public void writeTo(ObjectNode node) {
    language.ifPresent(found -> node.put("language", found));
    node.put("text", passage);
  }

  @Override
  public List<Question> questions() {
    return List.of(Question.bare(passage));
  }

  @Override
  public int longestAnswer() {
    return 0;
  }

  @Override
  public Score grade(ModelAnswer answer) {
    LogProb whole = ((ModelAnswer.LogProbs) answer).questions().get(0).get(0);
    return PassageScorer.score(this, whole);
  }

  @Override
  public Scoring scoring(Suite suite) {
    return new Scoring(
        "Passage",
        List.of(),
        "The passage stands alone, without a prompt or a chat template, after the token that begins"
            + " a text (BOS, else EOS). Its loss is the mean of −log P over its tokens, in nats; base"
            + " and tuned are compared passage by passage. It is described and never a gate.");
  }
}
