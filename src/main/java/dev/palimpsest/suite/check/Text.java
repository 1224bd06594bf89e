package dev.palimpsest.suite.check;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How texts are taken apart; all checks share these rules.
 *
 * <p>A <b>word</b> is a run without white space, commas and the like that holds a letter or a
 * digit, without the punctuation around it; list markers are no words. A <b>sentence</b> ends at .
 * ! ? … before white space, and at a line break; full stops of common abbreviations and initials
 * end none. A <b>paragraph</b> ends at a blank line; a <b>line</b> that is blank does not count.
 */
public final class Text {
  private static final Pattern MARKER = Pattern.compile("^\\s*(?:[-–—*•+◦▪‣]|\\d{1,3}[.)])\\s+");

  /** White space, a dash between clauses, and commas and the like that no space follows. */
  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("\\s+|[\\u2014\\u2026|]+|(?<!\\p{N})[,;!?]+|[,;!?]+(?!\\p{N})");

  private static final Pattern BLANK_LINE = Pattern.compile("\\n\\s*\\n");
  private static final Set<String> ABBREVIATIONS =
      Set.of("mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "e.g", "i.e", "p.s", "no", "jr");
  private static final String TERMINATORS = ".!?…";
  private static final String CLOSERS = "\"')]*_";

  private Text() {}

  /**
   * Returns the text as checks see it: NFC, LF line ends, straight quotes, plain spaces, and no
   * white space around it.
   */
  public static String normalise(String output) {
    return normaliseParameter(output).strip();
  }

  static String normaliseParameter(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC)
        .replace("\r\n", "\n")
        .replace('\r', '\n')
        .replace('\u2019', '\'')
        .replace('\u2018', '\'')
        .replace('\u201c', '"')
        .replace('\u201d', '"')
        .replace('\u00a0', ' ')
        .replace('\u202f', ' ');
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  static List<String> paragraphs(String text) {
    return Arrays.stream(BLANK_LINE.split(text.strip())).filter(part -> !part.isBlank()).toList();
  }

  /** Returns the line without the bullet or number in front of it. */
  static String withoutMarker(String line) {
    return MARKER.matcher(line).replaceFirst("");
  }

  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String line : lines(text)) {
      for (String run : BETWEEN_WORDS.split(withoutMarker(line), -1)) {
        String word = trimmed(run);
        if (!word.isEmpty()) {
          words.add(word);
        }
      }
    }
    return words;
  }

  static List<String> lowerWords(String text) {
    return words(lower(text));
  }

  private static String trimmed(String run) {
    int start = 0;
    int end = run.length();
    while (start < end && !Character.isLetterOrDigit(run.codePointAt(start))) {
      start += Character.charCount(run.codePointAt(start));
    }
    while (end > start && !isWordEnd(run.codePointBefore(end))) {
      end -= Character.charCount(run.codePointBefore(end));
    }
    return run.substring(start, end);
  }

  /** Combining marks end words in scripts such as Devanagari. */
  private static boolean isWordEnd(int c) {
    return Character.isLetterOrDigit(c)
        || Character.getType(c) == Character.COMBINING_SPACING_MARK
        || Character.getType(c) == Character.NON_SPACING_MARK;
  }

  static List<String> sentences(String text) {
    List<String> sentences = new ArrayList<>();
    for (String line : lines(text)) {
      splitLine(withoutMarker(line), sentences);
    }
    return sentences;
  }

  /** Returns the index after a text's first sentence, as a reader counts them. */
  public static int endOfFirstSentence(String text) {
    List<String> sentences = sentences(text);
    return sentences.isEmpty()
        ? text.length()
        : text.indexOf(sentences.get(0)) + sentences.get(0).length();
  }

  /** Returns the index before a text's last sentence. */
  public static int startOfLastSentence(String text) {
    List<String> sentences = sentences(text);
    return sentences.isEmpty() ? 0 : text.lastIndexOf(sentences.get(sentences.size() - 1));
  }

  private static void splitLine(String line, List<String> sentences) {
    int start = 0;
    for (int i = 0; i < line.length(); i++) {
      if (TERMINATORS.indexOf(line.charAt(i)) >= 0) {
        int end = endOfTerminator(line, i);
        if (isBoundary(line, start, i, end)) {
          add(line.substring(start, end), sentences);
          start = end;
        }
        i = end - 1;
      }
    }
    add(line.substring(start), sentences);
  }

  private static int endOfTerminator(String line, int at) {
    int end = at;
    while (end < line.length()
        && (TERMINATORS.indexOf(line.charAt(end)) >= 0 || CLOSERS.indexOf(line.charAt(end)) >= 0)) {
      end++;
    }
    return end;
  }

  private static boolean isBoundary(String line, int start, int terminator, int end) {
    if (end == line.length()) {
      return true;
    }
    return Character.isWhitespace(line.charAt(end))
        && !(line.charAt(terminator) == '.' && isAbbreviation(line.substring(start, terminator)));
  }

  private static boolean isAbbreviation(String before) {
    int space = before.lastIndexOf(' ');
    String word = lower(before.substring(space + 1)).replaceAll("^[^\\p{L}]+", "");
    boolean initial = word.length() == 1 && !word.equals("i") && Character.isLetter(word.charAt(0));
    return initial || ABBREVIATIONS.contains(word);
  }

  private static void add(String sentence, List<String> sentences) {
    if (sentence.codePoints().anyMatch(Character::isLetterOrDigit)) {
      sentences.add(sentence.strip());
    }
  }

  /** Returns a short quotation for an explanation. */
  static String quote(String text) {
    String line = text.strip().replace('\n', ' ');
    int points = line.codePointCount(0, line.length());
    return points <= 40
        ? "\"" + line + "\""
        : "\"" + line.substring(0, line.offsetByCodePoints(0, 37)) + "…\"";
  }
}
