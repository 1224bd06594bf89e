package dev.palimpsest.suite.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * One check of an item: as written in the file, and ready to run.
 *
 * <p>Two definitions are equal iff they are written alike.
 */
public final class CheckDefinition {
  private final ObjectNode definition;
  private final Check check;

  CheckDefinition(ObjectNode definition, Check check) {
    this.definition = definition.deepCopy();
    this.check = Objects.requireNonNull(check, "check is null");
  }

  /** Returns the check's name, such as "word_count". */
  public String name() {
    return definition.get("check").textValue();
  }

  /** Returns a copy of the definition, as in the file: {"check": "word_count", "atMost": 20}. */
  public ObjectNode definition() {
    return definition.deepCopy();
  }

  /** Tests a text that went through {@link Text#normalise}. */
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
    return other instanceof CheckDefinition that && definition.equals(that.definition);
  }

  @Override
  public int hashCode() {
    return definition.hashCode();
  }

  @Override
  public String toString() {
    return definition.toString();
  }
}
