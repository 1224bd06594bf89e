package dev.palimpsest.suite.check;

import java.util.List;

/** Counts how often one word occurs. */
record WordFrequency(String word, boolean matchCase, Range range) implements Check {
  @Override
  public CheckResult test(String text) {
    List<String> words = matchCase ? Text.words(text) : Text.lowerWords(text);
    int count = WordMatch.count(words, matchCase ? word : Text.lower(word));
    return range.judge(count, "\"" + word + "\"", "times \"" + word + "\"");
  }

  @Override
  public boolean asksForContent() {
    return range.min() > 0;
  }
}
