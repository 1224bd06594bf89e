package dev.palimpsest.suite;

import dev.palimpsest.suite.check.InvalidField;

/** What every text of an item has to be: there, not blank, and encodable. */
public final class Texts {
  private Texts() {}

  /**
   * Refuses a text that no item can have.
   *
   * @throws InvalidField with the field, what was found and what is expected
   */
  public static void require(String field, String text) {
    if (text == null) {
      throw new InvalidField(field, "nothing", "a text");
    }
    if (text.isBlank()) {
      throw new InvalidField(field, "only white space", "a text");
    }
    if (text.indexOf('\0') >= 0) {
      throw new InvalidField(field, "a NUL character", "a text without control characters");
    }
    if (hasLoneSurrogate(text)) {
      throw new InvalidField(field, "half a surrogate pair", "whole Unicode characters");
    }
  }

  private static boolean hasLoneSurrogate(String text) {
    return text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
