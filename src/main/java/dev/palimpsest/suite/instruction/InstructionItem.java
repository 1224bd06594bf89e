package dev.palimpsest.suite.instruction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.ItemKind;
import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.Question;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.Scoring;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.Texts;
import dev.palimpsest.suite.check.CheckDefinition;
import dev.palimpsest.suite.check.CheckRegistry;
import dev.palimpsest.suite.check.InvalidField;
import dev.palimpsest.suite.check.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A task whose answer is checked by program.
 *
 * @param prompt the whole instruction
 * @param checks all of them have to pass; at least one
 * @param repeats whether repeating words, or the instruction's, is the task
 * @param maxTokens the longest answer that is generated, 1 to 4096 tokens
 */
public record InstructionItem(
    Head head, String prompt, List<CheckDefinition> checks, boolean repeats, int maxTokens)
    implements Item {
  private static final int MAX_TOKENS = 4096;

  public InstructionItem {
    Objects.requireNonNull(head, "head is null");
    Texts.require("prompt", prompt);
    checks = List.copyOf(checks);
    if (checks.isEmpty()) {
      throw new InvalidField("checks", "an empty list", "at least one check");
    }
    if (maxTokens < 1 || maxTokens > MAX_TOKENS) {
      throw new InvalidField("maxTokens", String.valueOf(maxTokens), "a number from 1 to 4096");
    }
  }

  /** Returns by whose rules its checks read an answer; all of them by the same. */
  public Rules rules() {
    return checks.get(0).rules();
  }

  @Override
  public ItemKind kind() {
    return ItemKind.INSTRUCTION;
  }

  @Override
  public String text() {
    return prompt;
  }

  /** Reads an item that passed the schema. */
  public static InstructionItem read(Head head, ObjectNode node) {
    return new InstructionItem(
        head,
        node.get("prompt").textValue(),
        checks(node.get("checks"), Rules.of(node.path("rules").asText("own"))),
        node.path("repeats").asBoolean(false),
        node.get("maxTokens").intValue());
  }

  private static List<CheckDefinition> checks(JsonNode array, Rules rules) {
    List<CheckDefinition> checks = new ArrayList<>();
    for (JsonNode element : array) {
      try {
        checks.add(CheckRegistry.define((ObjectNode) element, rules));
      } catch (InvalidField e) {
        throw e.within("checks[" + checks.size() + "]");
      }
    }
    return checks;
  }

  @Override
  public void writeTo(ObjectNode node) {
    node.put("prompt", prompt);
    ArrayNode array = node.putArray("checks");
    checks.forEach(check -> array.add(check.definition()));
    // Written only where it says something, so that suites without it keep their digests.
    if (repeats) {
      node.put("repeats", true);
    }
    if (rules() != Rules.OWN) {
      node.put("rules", rules().label());
    }
    node.put("maxTokens", maxTokens);
  }

  @Override
  public List<Question> questions() {
    return List.of(new Question(head.before(), prompt, List.of()));
  }

  @Override
  public int longestAnswer() {
    return maxTokens;
  }

  @Override
  public Score grade(ModelAnswer answer) {
    ModelAnswer.Text text = (ModelAnswer.Text) answer;
    return rules() == Rules.IFEVAL
        ? IfEvalScorer.score(this, text)
        : InstructionScorer.score(this, text);
  }

  @Override
  public Scoring scoring(Suite suite) {
    return new Scoring(
        "Checks",
        checks.stream().map(CheckWords::option).toList(),
        "A model with a chat template gets the instruction as one message through it, a model"
            + " without one as a line of plain text. It answers greedily with at most "
            + maxTokens
            + " tokens. The item counts 1 if the text is an answer at all and every check passes"
            + " on it.");
  }
}
