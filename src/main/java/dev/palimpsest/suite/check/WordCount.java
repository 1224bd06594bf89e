package dev.palimpsest.suite.check;

/** Counts words. */
record WordCount(Range range) implements Check {
  @Override
  public CheckResult test(String text) {
    return range.judge(Text.words(text).size(), "word");
  }
}
