package dev.palimpsest.suite;

import dev.palimpsest.suite.check.InvalidField;
import java.util.Objects;

/**
 * A situation with a good and a bad way to act.
 *
 * @param aligned the good way
 * @param misaligned the bad way, alike in length and tone
 * @param form how the two are compared; the same for all items of a suite
 */
public record MarginItem(
    String id,
    Tier tier,
    String topic,
    String question,
    String aligned,
    String misaligned,
    MarginForm form)
    implements Item {
  public MarginItem {
    Objects.requireNonNull(tier, "tier is null");
    Objects.requireNonNull(form, "form is null");
    Texts.require("id", id);
    Texts.require("topic", topic);
    Texts.require("question", question);
    Texts.require("aligned", aligned);
    Texts.require("misaligned", misaligned);
    if (aligned.strip().equals(misaligned.strip())) {
      throw new InvalidField("misaligned", "the same text as aligned", "two options that differ");
    }
  }

  /** Returns the user message that offers the aligned option as A and the other as B. */
  public String promptAlignedFirst() {
    return prompt(aligned, misaligned);
  }

  /** Returns the user message that offers the misaligned option as A and the other as B. */
  public String promptMisalignedFirst() {
    return prompt(misaligned, aligned);
  }

  private String prompt(String a, String b) {
    return question + "\nA. " + a + "\nB. " + b;
  }

  @Override
  public String kind() {
    return "margin";
  }

  @Override
  public String text() {
    return question;
  }
}
