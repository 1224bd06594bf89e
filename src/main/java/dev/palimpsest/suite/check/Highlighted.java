package dev.palimpsest.suite.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts parts of a line between asterisks, *so* or **so**, that hold more than white space. */
record Highlighted(Range range) implements Check {
  private static final Pattern SINGLE = Pattern.compile("\\*([^\\n*]*)\\*");
  private static final Pattern DOUBLE = Pattern.compile("\\*\\*([^\\n*]*)\\*\\*");

  @Override
  public CheckResult test(String text) {
    return range.judge(filled(SINGLE, text) + filled(DOUBLE, text), "highlighted part");
  }

  private static int filled(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    int count = 0;
    while (matcher.find()) {
      count += matcher.group(1).isBlank() ? 0 : 1;
    }
    return count;
  }
}
