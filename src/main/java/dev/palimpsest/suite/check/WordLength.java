package dev.palimpsest.suite.check;

import java.util.List;

/** Asks every word to have so many letters; apostrophes and hyphens are no letters. */
record WordLength(Range range) implements Check {
  @Override
  public CheckResult test(String text) {
    List<String> others =
        Text.words(text).stream().filter(word -> !range.contains(letters(word))).toList();
    return CheckResult.of(
        others.isEmpty(),
        "every word has " + range + " letters",
        others.isEmpty()
            ? ""
            : "\""
                + others.get(0)
                + "\" has "
                + letters(others.get(0))
                + " letters, expected "
                + range);
  }

  static int letters(String word) {
    return (int) word.codePoints().filter(Character::isLetterOrDigit).count();
  }
}
