package dev.palimpsest.suite;

import dev.palimpsest.suite.check.CheckDefinition;
import dev.palimpsest.suite.check.InvalidField;
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
    String id,
    Tier tier,
    String topic,
    String prompt,
    List<CheckDefinition> checks,
    boolean repeats,
    int maxTokens)
    implements Item {
  private static final int MAX_TOKENS = 4096;

  public InstructionItem {
    Objects.requireNonNull(tier, "tier is null");
    Texts.require("id", id);
    Texts.require("topic", topic);
    Texts.require("prompt", prompt);
    checks = List.copyOf(checks);
    if (checks.isEmpty()) {
      throw new InvalidField("checks", "an empty list", "at least one check");
    }
    if (maxTokens < 1 || maxTokens > MAX_TOKENS) {
      throw new InvalidField("maxTokens", String.valueOf(maxTokens), "a number from 1 to 4096");
    }
  }

  @Override
  public String kind() {
    return "instruction";
  }

  @Override
  public String text() {
    return prompt;
  }
}
