package dev.palimpsest.report.page;

import dev.palimpsest.report.SafeText;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a sentence.
 *
 * @param text with nothing in it that deceives the eye; still to be escaped
 * @param term which word of the page's list of words it is, "margin"; "" where it is none
 * @param mark what stands right behind a term and does not leave its line, ")"; "" where nothing
 *     does
 */
public record Said(String text, String term, String mark) {
  private static final String MARKS = ").,;:";

  /**
   * Returns the pieces of a sentence in which terms are written as {@code [confidence]} or, where
   * the sentence says it otherwise, {@code [may be lost|margin]}.
   */
  static List<Said> of(String sentence) {
    List<Said> pieces = new ArrayList<>();
    int from = 0;
    for (int open = sentence.indexOf('['); open >= 0; open = sentence.indexOf('[', from)) {
      int close = sentence.indexOf(']', open);
      String[] words = sentence.substring(open + 1, close).split("\\|", 2);
      int end = close + 1;
      while (end < sentence.length() && MARKS.indexOf(sentence.charAt(end)) >= 0) {
        end++;
      }
      pieces.add(new Said(sentence.substring(from, open), "", ""));
      pieces.add(new Said(words[0], words[words.length - 1], sentence.substring(close + 1, end)));
      from = end;
    }
    pieces.add(new Said(sentence.substring(from), "", ""));
    return pieces.stream().filter(piece -> !piece.text.isEmpty()).toList();
  }

  /** Returns a name that is written into a sentence of {@link #of}. */
  static String name(String name) {
    return SafeText.visible(name).replace('[', '(').replace(']', ')');
  }
}
