package dev.palimpsest.suite.check;

import java.util.List;

/**
 * Asks for every one of some words, case and punctuation passed over: "Saint-Denis" has the words
 * saint and denis, and 21,000 is the word 21000.
 */
record HasWords(List<String> words) implements Check {
  @Override
  public CheckResult test(String text) {
    List<String> found = Words.of(text);
    List<String> missing =
        words.stream().filter(word -> !found.containsAll(Words.of(word))).toList();
    return CheckResult.of(
        missing.isEmpty(),
        "has " + String.join(", ", words),
        "has not " + String.join(", ", missing));
  }

  @Override
  public boolean asksForContent() {
    return true;
  }
}
