package dev.palimpsest.suite.check;

import java.util.List;

/** Asks every word to be longer than the word before it. */
record GrowingWords() implements Check {
  @Override
  public CheckResult test(String text) {
    List<String> words = Text.words(text);
    for (int i = 1; i < words.size(); i++) {
      if (WordLength.letters(words.get(i)) <= WordLength.letters(words.get(i - 1))) {
        return CheckResult.failed(
            "\"" + words.get(i) + "\" is not longer than \"" + words.get(i - 1) + "\"");
      }
    }
    return CheckResult.passed("every word is longer than the one before");
  }
}
