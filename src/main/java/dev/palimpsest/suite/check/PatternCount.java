package dev.palimpsest.suite.check;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/** Counts the matches of a regular expression (RE2 syntax); 0 forbids it. */
record PatternCount(Pattern pattern, Range range) implements Check {
  @Override
  public CheckResult test(String text) {
    Matcher matcher = pattern.matcher(text);
    int count = 0;
    while (matcher.find()) {
      count++;
    }
    return range.judge(count, "match of " + pattern, "matches of " + pattern);
  }
}
