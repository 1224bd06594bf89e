package dev.palimpsest.suite.check;

import java.util.List;

/** Forbids words. */
record ExcludesWords(List<String> words) implements Check {
  @Override
  public CheckResult test(String text) {
    List<String> found = Text.lowerWords(text);
    for (String word : words) {
      if (WordMatch.count(found, Text.lower(word)) > 0) {
        return CheckResult.failed("contains the forbidden word \"" + word + "\"");
      }
    }
    return CheckResult.passed("avoids " + String.join(", ", words));
  }
}
