package dev.palimpsest.suite.check;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/** Counts the lines of a numbered list, which has to run 1, 2, 3 … */
record NumberedCount(Range range) implements Check {
  private static final Pattern NUMBERED =
      Pattern.compile("^\\**([0-9]{1,3})[.)]\\**(?: +\\S|\\pL)");

  @Override
  public CheckResult test(String text) {
    int count = 0;
    for (String line : Text.lines(text)) {
      Matcher matcher = NUMBERED.matcher(line);
      if (matcher.find()) {
        if (Integer.parseInt(matcher.group(1)) != count + 1) {
          return CheckResult.failed(
              "the list has " + matcher.group(1) + " where " + (count + 1) + " belongs");
        }
        count++;
      }
    }
    return range.judge(count, "numbered line");
  }
}
