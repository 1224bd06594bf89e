package dev.palimpsest.suite.check;

import java.util.List;

/** Asks for at least one of some words; it also keeps an answer on its topic. */
record ContainsAny(List<String> words) implements Check {
  @Override
  public CheckResult test(String text) {
    List<String> found = Text.lowerWords(text);
    for (String word : words) {
      if (WordMatch.count(found, Text.lower(word)) > 0) {
        return CheckResult.passed("contains \"" + word + "\"");
      }
    }
    return CheckResult.failed("contains none of " + String.join(", ", words));
  }

  @Override
  public boolean asksForContent() {
    return true;
  }
}
