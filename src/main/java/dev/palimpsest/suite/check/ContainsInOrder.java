package dev.palimpsest.suite.check;

import java.util.List;

/** Asks for words one after the other, with anything between them. */
record ContainsInOrder(List<String> words) implements Check {
  @Override
  public CheckResult test(String text) {
    // JSON and arrows glue words together; only letters and digits matter for an order.
    List<String> found = Text.words(Text.lower(text).replaceAll("[^\\p{L}\\p{M}\\p{N}\\s]", " "));
    int from = 0;
    for (String word : words) {
      int at = WordMatch.indexFrom(found, Text.lower(word), from);
      if (at < 0) {
        return CheckResult.failed("\"" + word + "\" is missing or not in its place");
      }
      from = at + 1;
    }
    return CheckResult.passed("contains " + String.join(", ", words) + " in this order");
  }

  @Override
  public boolean asksForContent() {
    return true;
  }
}
