package dev.palimpsest.suite.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bare words of a text: runs of letters, digits and apostrophes, lower-cased, whatever stands
 * between them. Texts in quotes, code or snake_case have the same bare words as plain ones.
 */
final class Tokens {
  private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:'\\p{L}+)*");

  private Tokens() {}

  static List<String> of(String text) {
    return placed(text).stream().map(Placed::word).toList();
  }

  static List<Placed> placed(String text) {
    List<Placed> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(new Placed(Text.lower(matcher.group()), matcher.start(), matcher.end()));
    }
    return tokens;
  }

  /**
   * A word and where it stands.
   *
   * @param start index of its first char in the text
   * @param end index after its last
   */
  record Placed(String word, int start, int end) {}
}
