package dev.palimpsest.suite.check;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How IFEval's reference program sees a text: Python's notions of words, space and case. */
final class IfEvalText {
  /** What Python's own regular expressions call a word character; marks are none. */
  private static final String WORD = "\\p{L}\\p{N}_";

  /** Words are counted by NLTK, whose expressions take marks in since its release 3.10. */
  private static final Pattern WORDS = Pattern.compile("(?U)\\w+");

  private static final Pattern AROUND =
      Pattern.compile("\\A[\\s\\x1c-\\x1f\\x85\\p{Z}]+|[\\s\\x1c-\\x1f\\x85\\p{Z}]+\\z");
  private static final String BOUNDARY =
      "(?:(?<![" + WORD + "])(?=[" + WORD + "])|(?<=[" + WORD + "])(?![" + WORD + "]))";

  private IfEvalText() {}

  static String strip(String text) {
    return AROUND.matcher(text).replaceAll("");
  }

  static boolean isBlank(String text) {
    return strip(text).isEmpty();
  }

  static int words(String text) {
    return count(WORDS, text);
  }

  static int count(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }

  /** Returns a pattern of a piece of text in either case. */
  static Pattern piece(String piece) {
    return ignoringCase(Pattern.quote(piece));
  }

  /** Returns a pattern of a word in either case, with a boundary of words on both sides. */
  static Pattern wholeWord(String word) {
    return ignoringCase(BOUNDARY + Pattern.quote(word) + BOUNDARY);
  }

  static Pattern ignoringCase(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** Tells whether there are letters with case and all of them are capitals. */
  static boolean isUpper(String text) {
    return text.codePoints().anyMatch(Character::isUpperCase)
        && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
  }

  static boolean isLower(String text) {
    return text.codePoints().anyMatch(Character::isLowerCase)
        && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
  }

  static int capitalWords(String text) {
    List<String> words = TreebankWords.of(text);
    return (int) words.stream().filter(IfEvalText::isUpper).count();
  }
}
