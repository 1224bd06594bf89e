package dev.palimpsest.suite.check;

/** Counts sentences. */
record SentenceCount(Range range) implements Check {
  @Override
  public CheckResult test(String text) {
    return range.judge(Text.sentences(text).size(), "sentence");
  }
}
