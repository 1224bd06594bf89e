package dev.palimpsest.suite.check;

/** Asks for lines in alphabetical order; list markers are skipped. */
record LinesInOrder() implements Check {
  @Override
  public CheckResult test(String text) {
    return Alphabet.judge(Text.lines(Text.lower(text)).stream().map(Text::withoutMarker).toList());
  }
}
