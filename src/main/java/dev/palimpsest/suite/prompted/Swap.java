package dev.palimpsest.suite.prompted;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer that passages give, and what they are made to say in its place.
 *
 * @param said the answer as the item has it
 * @param instead another answer of the same kind
 */
public record Swap(String said, String instead) {
  public Swap {
    Objects.requireNonNull(said, "said is null");
    Objects.requireNonNull(instead, "instead is null");
    if (said.isBlank() || instead.isBlank() || said.equalsIgnoreCase(instead)) {
      throw new IllegalArgumentException("nothing is swapped for " + instead);
    }
  }

  /** Tells whether a text says an answer as words of its own, in any case. */
  public static boolean says(String text, String answer) {
    return pattern(answer).matcher(text).find();
  }

  /** Returns a passage that gives the other answer. */
  String in(String passage) {
    return pattern(said).matcher(passage).replaceAll(Matcher.quoteReplacement(instead));
  }

  private static Pattern pattern(String answer) {
    return Pattern.compile(
        "(?<![\\p{L}\\p{N}])" + Pattern.quote(answer) + "(?![\\p{L}\\p{N}])",
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
