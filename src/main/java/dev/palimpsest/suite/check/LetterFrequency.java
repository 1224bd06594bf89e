package dev.palimpsest.suite.check;

/** Counts how often one letter occurs, upper and lower case alike. */
record LetterFrequency(int letter, Range range) implements Check {
  @Override
  public CheckResult test(String text) {
    int count = (int) Text.lower(text).codePoints().filter(c -> c == letter).count();
    String name = Character.toString(letter);
    return range.judge(count, "letter " + name, "letters " + name);
  }
}
