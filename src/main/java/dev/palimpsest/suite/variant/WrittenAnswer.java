package dev.palimpsest.suite.variant;

import dev.palimpsest.suite.check.Text;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of the listed choices a written answer names.
 *
 * <p>Strictly, the whole answer is a letter, a choice, or a letter and its choice; case, a final
 * full stop, brackets and emphasis around it are ignored. Leniently, the first of these that finds
 * one: the strict reading of the first line; "the answer is X", with a letter or a choice; the only
 * choice that is named anywhere; the only letter that stands alone.
 */
final class WrittenAnswer {
  private static final Pattern FRAME = Pattern.compile("[*_`\"'()\\[\\]]");
  private static final Pattern SAID =
      Pattern.compile("\\b(?:answer|choice|option)\\b[^\\n]{0,30}?(?:\\bis\\b|:)\\s*(.{1,200})");
  private static final Pattern LONE_LETTER =
      Pattern.compile("(?<![a-z0-9'])([a-f])(?=[.):,]|\\s*$)");

  private final String answer;
  private final List<String> choices;

  WrittenAnswer(String answer, List<String> choices) {
    this.answer = plain(answer);
    this.choices = choices.stream().map(WrittenAnswer::plain).toList();
  }

  /** Returns the letter of a choice, from A. */
  static char letter(int index) {
    return (char) ('A' + index);
  }

  private static String plain(String text) {
    return FRAME.matcher(Text.normalise(text)).replaceAll("").toLowerCase(Locale.ROOT).strip();
  }

  OptionalInt strict() {
    return whole(answer);
  }

  OptionalInt lenient() {
    OptionalInt first = whole(answer.lines().findFirst().orElse("").strip());
    if (first.isPresent()) {
      return first;
    }
    Matcher said = SAID.matcher(answer);
    if (said.find()) {
      OptionalInt named = beginning(said.group(1).strip());
      if (named.isPresent()) {
        return named;
      }
    }
    OptionalInt only = onlyChoiceNamed();
    return only.isPresent() ? only : onlyLetter();
  }

  /** Reads a text that is nothing but an answer. */
  private OptionalInt whole(String text) {
    String bare = withoutStop(text);
    for (int i = 0; i < choices.size(); i++) {
      String letter = String.valueOf(letter(i)).toLowerCase(Locale.ROOT);
      String choice = withoutStop(choices.get(i));
      boolean lettered =
          bare.startsWith(letter)
              && bare.substring(1).replaceFirst("^[.):,]?\\s*[-–:]?\\s*", "").equals(choice);
      if (bare.equals(letter) || bare.equals(choice) || lettered) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** Reads what an answer begins with; the longest choice wins. */
  private OptionalInt beginning(String text) {
    int best = -1;
    for (int i = 0; i < choices.size(); i++) {
      String choice = withoutStop(choices.get(i));
      if (startsWithWord(text, choice)
          && (best < 0 || choice.length() > choices.get(best).length())) {
        best = i;
      }
    }
    if (best >= 0) {
      return OptionalInt.of(best);
    }
    int letter = text.isEmpty() ? -1 : text.charAt(0) - 'a';
    boolean alone =
        text.length() == 1 || (text.length() > 1 && ".):, ".indexOf(text.charAt(1)) >= 0);
    return letter >= 0 && letter < choices.size() && alone
        ? OptionalInt.of(letter)
        : OptionalInt.empty();
  }

  private OptionalInt onlyChoiceNamed() {
    int found = -1;
    for (int i = 0; i < choices.size(); i++) {
      if (holdsWord(answer, withoutStop(choices.get(i)))) {
        if (found >= 0) {
          return OptionalInt.empty();
        }
        found = i;
      }
    }
    return found < 0 ? OptionalInt.empty() : OptionalInt.of(found);
  }

  private OptionalInt onlyLetter() {
    Matcher letters = LONE_LETTER.matcher(answer);
    int found = -1;
    while (letters.find()) {
      int letter = letters.group(1).charAt(0) - 'a';
      if (letter < choices.size() && found >= 0 && found != letter) {
        return OptionalInt.empty();
      }
      found = letter < choices.size() ? letter : found;
    }
    return found < 0 ? OptionalInt.empty() : OptionalInt.of(found);
  }

  private static String withoutStop(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1).strip() : text;
  }

  private static boolean startsWithWord(String text, String word) {
    return text.startsWith(word)
        && (text.length() == word.length()
            || !Character.isLetterOrDigit(text.charAt(word.length())));
  }

  private static boolean holdsWord(String text, String word) {
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      boolean begins = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
      if (begins && startsWithWord(text.substring(at), word)) {
        return true;
      }
    }
    return false;
  }
}
