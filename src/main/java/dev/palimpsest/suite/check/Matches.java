package dev.palimpsest.suite.check;

import com.google.re2j.Pattern;

/** Asks for an answer that is matched from end to end by a regular expression (RE2 syntax). */
record Matches(Pattern pattern) implements Check {
  @Override
  public CheckResult test(String text) {
    return CheckResult.of(
        pattern.matches(text),
        "matches " + pattern,
        Text.quote(text) + " does not match " + pattern);
  }
}
