package dev.palimpsest.suite.check;

/** Counts lines that are not blank. */
record LineCount(Range range) implements Check {
  @Override
  public CheckResult test(String text) {
    return range.judge(Text.lines(text).size(), "line");
  }
}
