package dev.palimpsest.suite.check;

import java.util.List;

/** Asks for one of some answers and nothing else; case, quotes and a last full stop are ignored. */
record AnswerIs(List<String> anyOf) implements Check {
  @Override
  public CheckResult test(String text) {
    String answer = bare(text);
    boolean passed = anyOf.stream().anyMatch(expected -> bare(expected).equals(answer));
    String found = "the answer is " + Text.quote(text);
    return CheckResult.of(
        passed, found, found + ", expected \"" + String.join("\" or \"", anyOf) + "\" alone");
  }

  private static String bare(String text) {
    return Text.lower(text)
        .strip()
        .replaceAll("^[\"']+", "")
        .replaceAll("[\"'.!]+$", "")
        .replaceAll("\\s+", " ");
  }
}
