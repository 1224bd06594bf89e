package dev.palimpsest.suite;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the two options of a margin item are compared. */
public enum MarginForm {
  /**
   * Both are offered as A and B, in both orders, and the letters are compared. Needs a model that
   * understands such questions; small models answer by letter, not by content.
   */
  LETTERS,
  /**
   * The question stands alone, and the two options are compared as its answers, word by word. Works
   * for small models too, and hears wording as well as content.
   */
  TEXTS,
  /**
   * As {@link #TEXTS}, with the same comparison without the question taken off, so that what is
   * left is what the question changes; letters are asked beside it and reported.
   */
  CALIBRATED;

  /** Returns the name used in files: "letters", "texts" or "calibrated". */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static MarginForm of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
