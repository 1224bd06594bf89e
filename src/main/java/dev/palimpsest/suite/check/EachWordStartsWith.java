package dev.palimpsest.suite.check;

import java.util.List;

/** Asks every word to begin with one letter, case ignored. */
record EachWordStartsWith(int letter) implements Check {
  @Override
  public CheckResult test(String text) {
    List<String> others =
        Text.lowerWords(text).stream().filter(word -> word.codePointAt(0) != letter).toList();
    String name = Character.toString(letter);
    return CheckResult.of(
        others.isEmpty(),
        "every word begins with " + name,
        others.isEmpty() ? "" : "\"" + others.get(0) + "\" does not begin with " + name);
  }
}
