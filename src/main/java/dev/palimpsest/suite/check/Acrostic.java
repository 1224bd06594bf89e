package dev.palimpsest.suite.check;

import java.util.List;

/** Asks for lines whose first letters spell a word, case ignored; list markers are skipped. */
record Acrostic(String word) implements Check {
  @Override
  public CheckResult test(String text) {
    List<String> lines = Text.lines(text);
    StringBuilder initials = new StringBuilder();
    for (String line : lines) {
      List<String> words = Text.words(line);
      if (!words.isEmpty()) {
        initials.appendCodePoint(words.get(0).codePointAt(0));
      }
    }
    String sentence = "the lines begin with " + initials;
    return CheckResult.of(
        word.equalsIgnoreCase(initials.toString()), sentence, sentence + ", expected " + word);
  }
}
