package dev.palimpsest.suite.check;

import java.util.List;

/**
 * Asks for one of some answers and nothing else; case, quotes, marks of emphasis and a last full
 * stop are ignored.
 */
record AnswerIs(List<String> anyOf) implements Check {
  @Override
  public CheckResult test(String text) {
    boolean passed = anyOf.stream().anyMatch(expected -> same(expected, text));
    String found = "the answer is " + Text.quote(text);
    return CheckResult.of(
        passed, found, found + ", expected \"" + String.join("\" or \"", anyOf) + "\" alone");
  }

  @Override
  public boolean fixesAnswer() {
    return true;
  }

  static boolean same(String expected, String answer) {
    return bare(expected).equals(bare(answer));
  }

  private static String bare(String text) {
    return Text.lower(text)
        .strip()
        .replaceAll("^[\"'*`_]+", "")
        .replaceAll("[\"'.!*`_]+$", "")
        .replaceAll("\\s+", " ");
  }
}
