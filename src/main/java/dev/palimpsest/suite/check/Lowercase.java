package dev.palimpsest.suite.check;

/** Asks for lower-case letters only, and at least one. */
record Lowercase() implements Check {
  @Override
  public CheckResult test(String text) {
    boolean passed =
        text.codePoints().noneMatch(Character::isUpperCase)
            && text.codePoints().anyMatch(Character::isLetter);
    return CheckResult.of(passed, "all letters are lower case", "not all letters are lower case");
  }
}
