package dev.palimpsest.suite;

import dev.palimpsest.suite.check.InvalidField;
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
public record ChoiceItem(
    String id, Tier tier, String topic, String question, List<String> choices, int answer)
    implements Item {
  private static final int MIN_CHOICES = 2;
  private static final int MAX_CHOICES = 6;

  public ChoiceItem {
    Objects.requireNonNull(tier, "tier is null");
    Texts.require("id", id);
    Texts.require("topic", topic);
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
  public String kind() {
    return "choice";
  }

  @Override
  public String text() {
    return question;
  }
}
