package dev.palimpsest.suite.check;

import java.util.HashSet;
import java.util.Set;

/**
 * Counts the parts between lines that hold nothing but a separator; an empty part fails.
 *
 * @param differ whether a part that stands there twice fails, too
 */
record Parts(String separator, boolean differ, Range range) implements Check {
  @Override
  public CheckResult test(String text) {
    int parts = 1;
    boolean filled = false;
    StringBuilder part = new StringBuilder();
    Set<String> seen = new HashSet<>();
    for (String line : Text.lines(text)) {
      if (line.equals(separator)) {
        if (!filled) {
          return CheckResult.failed("part " + parts + " is empty");
        }
        seen.add(part.toString());
        part.setLength(0);
        parts++;
        filled = false;
      } else {
        part.append(line).append('\n');
        filled = true;
      }
    }
    seen.add(part.toString());
    if (differ && seen.size() < parts) {
      return CheckResult.failed("two parts are the same");
    }
    return filled ? range.judge(parts, "part") : CheckResult.failed("part " + parts + " is empty");
  }
}
