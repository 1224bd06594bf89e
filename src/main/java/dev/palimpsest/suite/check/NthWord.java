package dev.palimpsest.suite.check;

import java.util.List;

/**
 * Asks for one word at one place.
 *
 * @param n from 1; −1 is the last word, −2 the one before it
 */
record NthWord(int n, String word) implements Check {
  NthWord {
    if (n == 0) {
      throw new InvalidField("n", "0", "a place from 1, or from −1 backwards");
    }
  }

  @Override
  public CheckResult test(String text) {
    List<String> words = Text.lowerWords(text);
    int index = n > 0 ? n - 1 : words.size() + n;
    if (index < 0 || index >= words.size()) {
      return CheckResult.failed("there are only " + words.size() + " words");
    }
    String found = "word " + n + " is \"" + words.get(index) + "\"";
    return CheckResult.of(
        words.get(index).equals(Text.lower(word)), found, found + ", expected \"" + word + "\"");
  }
}
