package dev.palimpsest.suite.check;

import com.google.re2j.Pattern;

/** Asks for a title in double angle brackets. */
record BracketedTitle() implements Check {
  private static final Pattern TITLE = Pattern.compile("<<[^<>\\n]*[^<>\\s][^<>\\n]*>>");

  @Override
  public CheckResult test(String text) {
    return CheckResult.of(
        TITLE.matcher(text).find(), "has a <<title>>", "has no title in double angle brackets");
  }
}
