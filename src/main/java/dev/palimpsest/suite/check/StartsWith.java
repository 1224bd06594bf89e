package dev.palimpsest.suite.check;

import java.util.List;

/** Asks for one of some beginnings, as whole words; case counts only if told. */
record StartsWith(List<String> anyOf, boolean matchCase) implements Check {
  @Override
  public CheckResult test(String text) {
    boolean passed = anyOf.stream().anyMatch(start -> startsWith(text, start, matchCase));
    String found = "starts with " + Text.quote(text);
    return CheckResult.of(
        passed, found, found + ", expected \"" + String.join("\" or \"", anyOf) + "\"");
  }

  /** Marks of emphasis and an opening quotation mark before the word do no harm. */
  static boolean startsWith(String answer, String start, boolean matchCase) {
    String text =
        Character.isLetterOrDigit(start.charAt(0)) ? answer.replaceAll("^[*_\"'#> ]+", "") : answer;
    if (!text.regionMatches(!matchCase, 0, start, 0, start.length())) {
      return false;
    }
    boolean endsInWord = Character.isLetterOrDigit(start.charAt(start.length() - 1));
    return text.length() == start.length()
        || !endsInWord
        || !Character.isLetterOrDigit(text.charAt(start.length()));
  }
}
