package dev.palimpsest.suite.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * One check of an item: as written in the file, and ready to run.
 *
 * <p>Two definitions are equal iff they are written alike and read by the same rules.
 */
public final class CheckDefinition {
  private final ObjectNode definition;
  private final Check check;
  private final Rules rules;

  CheckDefinition(ObjectNode definition, Check check, Rules rules) {
    this.definition = definition.deepCopy();
    this.check = Objects.requireNonNull(check, "check is null");
    this.rules = Objects.requireNonNull(rules, "rules are null");
  }

  /** Returns the check's name, such as "word_count". */
  public String name() {
    return definition.get("check").textValue();
  }

  /** Returns a copy of the definition, as in the file: {"check": "word_count", "atMost": 20}. */
  public ObjectNode definition() {
    return definition.deepCopy();
  }

  /** Returns by whose rules it reads texts. */
  public Rules rules() {
    return rules;
  }

  /**
   * Tests a text.
   *
   * @param text went through {@link Text#normalise} by the project's own rules; is as the model
   *     wrote it by IFEval's
   */
  public CheckResult test(String text) {
    return check.test(text);
  }

  /** Tells whether it asks for content that an answer has to have of its own. */
  public boolean asksForContent() {
    return check.asksForContent();
  }

  /** Tells whether it fixes the whole answer. */
  public boolean fixesAnswer() {
    return check.fixesAnswer();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CheckDefinition that
        && definition.equals(that.definition)
        && rules == that.rules;
  }

  @Override
  public int hashCode() {
    return Objects.hash(definition, rules);
  }

  @Override
  public String toString() {
    return definition.toString();
  }
}
