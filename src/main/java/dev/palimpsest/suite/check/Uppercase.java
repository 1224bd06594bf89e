package dev.palimpsest.suite.check;

/**
 * Asks for capital letters only, and at least one.
 *
 * @param language the language that the text may have; "" for any
 */
record Uppercase(String language) implements Check {
  @Override
  public CheckResult test(String text) {
    boolean passed =
        text.codePoints().noneMatch(Character::isLowerCase)
            && text.codePoints().anyMatch(Character::isLetter);
    if (passed && !language.isEmpty() && !Languages.mayBe(text, language)) {
      return CheckResult.failed("the language does not seem to be " + language);
    }
    return CheckResult.of(passed, "all letters are capitals", "not all letters are capitals");
  }
}
