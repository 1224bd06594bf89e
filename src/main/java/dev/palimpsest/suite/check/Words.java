package dev.palimpsest.suite.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a text: letters and figures in a row, case and punctuation passed over. */
public final class Words {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  /** A comma or a space inside a number, as in 21,000. */
  private static final Pattern GROUPED = Pattern.compile("(?<=\\d)[,\u00a0\u202f](?=\\d{3}\\b)");

  private Words() {}

  /** Returns the words in lower case, in order. */
  public static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    asWritten(text).forEach(word -> words.add(word.toLowerCase(Locale.ROOT)));
    return words;
  }

  /** Returns the words as they are written, in order; a number is one word. */
  public static List<String> asWritten(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(GROUPED.matcher(text).replaceAll(""));
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }
}
