package dev.palimpsest.suite.check;

/** Asks for a text whose letters read the same backwards. */
record Palindrome(int atLeast) implements Check {
  @Override
  public CheckResult test(String text) {
    int[] letters = Text.lower(text).codePoints().filter(Character::isLetter).toArray();
    if (letters.length < atLeast) {
      return CheckResult.failed(letters.length + " letters, expected at least " + atLeast);
    }
    boolean passed = true;
    for (int i = 0; i < letters.length / 2; i++) {
      passed &= letters[i] == letters[letters.length - 1 - i];
    }
    return CheckResult.of(
        passed, "reads the same backwards", Text.quote(text) + " does not read the same backwards");
  }
}
