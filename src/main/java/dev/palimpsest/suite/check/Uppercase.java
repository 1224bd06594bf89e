package dev.palimpsest.suite.check;

/** Asks for capital letters only, and at least one. */
record Uppercase() implements Check {
  @Override
  public CheckResult test(String text) {
    boolean passed =
        text.codePoints().noneMatch(Character::isLowerCase)
            && text.codePoints().anyMatch(Character::isLetter);
    return CheckResult.of(passed, "all letters are capitals", "not all letters are capitals");
  }
}
