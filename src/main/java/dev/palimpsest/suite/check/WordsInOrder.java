package dev.palimpsest.suite.check;

/** Asks for words in alphabetical order. */
record WordsInOrder() implements Check {
  @Override
  public CheckResult test(String text) {
    return Alphabet.judge(Text.lowerWords(text));
  }
}
