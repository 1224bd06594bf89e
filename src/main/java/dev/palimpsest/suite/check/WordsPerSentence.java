package dev.palimpsest.suite.check;

/** Counts the words of every sentence. */
record WordsPerSentence(CountList expected) implements Check {
  @Override
  public CheckResult test(String text) {
    return expected.judge(Text.sentences(text), "sentence");
  }
}
