package dev.palimpsest.suite.check;

/** Counts words of two or more letters that are written in capitals. */
record CapitalWords(Range range) implements Check {
  @Override
  public CheckResult test(String text) {
    long count = Text.words(text).stream().filter(CapitalWords::isCapital).count();
    return range.judge((int) count, "word in capitals", "words in capitals");
  }

  private static boolean isCapital(String word) {
    return word.codePoints().filter(Character::isUpperCase).count() >= 2
        && word.codePoints().noneMatch(Character::isLowerCase);
  }
}
