package dev.palimpsest.suite.check;

/** Counts the words of every line. */
record WordsPerLine(CountList expected) implements Check {
  @Override
  public CheckResult test(String text) {
    return expected.judge(Text.lines(text), "line");
  }
}
