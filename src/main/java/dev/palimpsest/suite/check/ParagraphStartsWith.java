package dev.palimpsest.suite.check;

import java.util.List;

/**
 * Asks one paragraph to begin with a text.
 *
 * @param paragraph from 1
 */
record ParagraphStartsWith(int paragraph, String start) implements Check {
  @Override
  public CheckResult test(String text) {
    List<String> paragraphs = Text.paragraphs(text);
    if (paragraphs.size() < paragraph) {
      return CheckResult.failed("there is no paragraph " + paragraph);
    }
    String found = paragraphs.get(paragraph - 1).strip();
    String sentence = "paragraph " + paragraph + " starts with " + Text.quote(found);
    return CheckResult.of(
        StartsWith.startsWith(found, start, false),
        sentence,
        sentence + ", expected \"" + start + "\"");
  }
}
