package dev.palimpsest.suite.check;

/** Counts the parts between lines that hold nothing but a separator; an empty part fails. */
record Parts(String separator, Range range) implements Check {
  @Override
  public CheckResult test(String text) {
    int parts = 1;
    boolean filled = false;
    for (String line : Text.lines(text)) {
      if (line.equals(separator)) {
        if (!filled) {
          return CheckResult.failed("part " + parts + " is empty");
        }
        parts++;
        filled = false;
      } else {
        filled = true;
      }
    }
    return filled ? range.judge(parts, "part") : CheckResult.failed("part " + parts + " is empty");
  }
}
