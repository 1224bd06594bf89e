package dev.palimpsest.suite.check;

import java.util.List;

/**
 * Asks for one of some endings; case counts only if told. Where the ending asked for is a word, a
 * full stop or quotation mark after it does no harm.
 */
record EndsWith(List<String> anyOf, boolean matchCase) implements Check {
  @Override
  public CheckResult test(String text) {
    boolean passed = anyOf.stream().anyMatch(end -> endsWith(text, end));
    String tail = text.substring(Math.max(0, text.length() - 40));
    String found = "ends with " + Text.quote(tail);
    return CheckResult.of(
        passed, found, found + ", expected \"" + String.join("\" or \"", anyOf) + "\"");
  }

  private boolean endsWith(String text, String end) {
    boolean endsInWord = Character.isLetterOrDigit(end.charAt(end.length() - 1));
    String tail = endsInWord ? text.replaceAll("[.!\"'*)]+$", "") : text;
    int from = tail.length() - end.length();
    return from >= 0 && tail.regionMatches(!matchCase, from, end, 0, end.length());
  }
}
