package dev.palimpsest.suite.check;

import java.util.Arrays;
import java.util.List;

/**
 * Asks for a number of paragraphs and for the first word of one of them. Paragraphs are what two
 * line breaks separate; a blank one has a place but does not count. The word ends at a punctuation
 * mark, and case does not matter.
 *
 * @param paragraphs how many there are to be
 * @param paragraph the place of the one that is looked at, from 1
 */
record ParagraphFirstWord(int paragraphs, int paragraph, String word) implements Check {
  @Override
  public CheckResult test(String text) {
    List<String> parts = Arrays.asList(text.split("\n\n", -1));
    int filled = (int) parts.stream().filter(part -> !part.isBlank()).count();
    if (filled != paragraphs) {
      return CheckResult.failed(filled + " paragraphs, expected exactly " + paragraphs);
    }
    String first = paragraph > filled ? "" : firstWord(parts.get(paragraph - 1).strip());
    String found = "paragraph " + paragraph + " begins with \"" + first + "\"";
    return CheckResult.of(
        first.equals(Text.lower(word)), found, found + ", expected \"" + word + "\"");
  }

  private static String firstWord(String part) {
    String run = part.split("\\s", 2)[0].replaceAll("^'*\"*", "");
    return Text.lower(run.split("[.,?!'\"]", 2)[0]);
  }
}
