package dev.palimpsest.suite.check;

import java.util.List;
import java.util.Locale;

/**
 * Asks for English of some readability.
 *
 * <p>With w words, s sentences and y syllables, the reading ease is 206.835 − 1.015 w/s − 84.6 y/w
 * (Flesch 1948, Journal of Applied Psychology 32), about 0 to 100 and higher for easier texts; the
 * grade is 0.39 w/s + 11.8 y/w − 15.59 (Kincaid and others 1975, Research Branch Report 8-75), in
 * years of American schools. Syllables are counted by {@link Syllables}.
 *
 * @param grade whether limits are grades rather than reading ease
 */
record Readability(boolean grade, Range range) implements Check {
  @Override
  public CheckResult test(String text) {
    List<String> words = Text.words(text);
    int sentences = Text.sentences(text).size();
    if (words.isEmpty() || sentences == 0) {
      return CheckResult.failed("there are no words");
    }
    double perSentence = (double) words.size() / sentences;
    double perWord = words.stream().mapToInt(Syllables::of).sum() / (double) words.size();
    double value =
        grade
            ? 0.39 * perSentence + 11.8 * perWord - 15.59
            : 206.835 - 1.015 * perSentence - 84.6 * perWord;
    String found =
        String.format(Locale.ROOT, "the %s is %.1f", grade ? "grade" : "reading ease", value);
    boolean within =
        value >= range.min() && (range.max() == Range.NO_LIMIT || value <= range.max());
    // A range from 0 has no lower end: both measures go below it.
    return CheckResult.of(
        within || (range.min() == 0 && value <= range.max()), found, found + ", expected " + range);
  }
}
