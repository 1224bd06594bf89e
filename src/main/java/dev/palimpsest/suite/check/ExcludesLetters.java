package dev.palimpsest.suite.check;

/** Forbids letters, upper and lower case alike. */
record ExcludesLetters(String letters) implements Check {
  ExcludesLetters {
    if (!letters.codePoints().allMatch(Character::isLetter)) {
      throw new InvalidField("letters", "\"" + letters + "\"", "letters only, such as \"jq\"");
    }
  }

  @Override
  public CheckResult test(String text) {
    String lower = Text.lower(text);
    int[] found =
        Text.lower(letters).codePoints().filter(letter -> lower.indexOf(letter) >= 0).toArray();
    return CheckResult.of(
        found.length == 0,
        "avoids " + letters,
        "contains the forbidden letter " + new String(found, 0, Math.min(1, found.length)));
  }
}
