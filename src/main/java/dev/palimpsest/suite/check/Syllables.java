package dev.palimpsest.suite.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts the syllables of an English word by its letters: runs of vowels, without a silent e at the
 * end and without the e of -es and -ed after most consonants. At least one.
 */
final class Syllables {
  private static final Pattern VOWELS = Pattern.compile("[aeiouy]+");

  /** Vowels that stand side by side and are spoken apart. */
  private static final Pattern APART =
      Pattern.compile("i[ao](?!u)|eo(?!u)|[^aeiou]ying|ue[lt]|uou|[eu]i[nt]g|io[^nu]");

  private static final Pattern JOINED = Pattern.compile("[cstg]i(?:on|a[ln]|ous)");
  private static final Pattern SILENT =
      Pattern.compile(
          "(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=[^aeioutdy])ed$|(?<=[^aeiouscxzhg])es$");

  private Syllables() {}

  static int of(String word) {
    String letters = Text.lower(word).replaceAll("[^a-z]", "");
    String spoken = letters.length() <= 3 ? letters : SILENT.matcher(letters).replaceFirst("");
    return Math.max(1, count(VOWELS, spoken) + count(APART, spoken) - count(JOINED, spoken));
  }

  private static int count(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return count;
  }
}
