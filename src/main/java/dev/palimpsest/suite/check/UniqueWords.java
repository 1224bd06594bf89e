package dev.palimpsest.suite.check;

import java.util.HashSet;
import java.util.Set;

/** Asks for no word twice, case ignored. */
record UniqueWords() implements Check {
  @Override
  public CheckResult test(String text) {
    Set<String> seen = new HashSet<>();
    for (String word : Text.lowerWords(text)) {
      if (!seen.add(word)) {
        return CheckResult.failed("\"" + word + "\" occurs twice");
      }
    }
    return CheckResult.passed("no word occurs twice");
  }
}
