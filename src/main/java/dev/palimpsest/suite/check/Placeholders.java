package dev.palimpsest.suite.check;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/** Counts placeholders in square brackets, such as [address]. */
record Placeholders(Range range) implements Check {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\[[^\\[\\]\\n]*[^\\[\\]\\s][^\\[\\]\\n]*\\]");

  @Override
  public CheckResult test(String text) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return range.judge(count, "placeholder");
  }
}
