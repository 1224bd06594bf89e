package dev.palimpsest.suite.check;

import java.util.List;

/** Asks for every one of some words. */
record ContainsAll(List<String> words) implements Check {
  @Override
  public CheckResult test(String text) {
    List<String> found = Text.lowerWords(text);
    List<String> missing =
        words.stream().filter(word -> WordMatch.count(found, Text.lower(word)) == 0).toList();
    return CheckResult.of(
        missing.isEmpty(),
        "contains " + String.join(", ", words),
        "does not contain " + String.join(", ", missing));
  }

  @Override
  public boolean asksForContent() {
    return true;
  }
}
