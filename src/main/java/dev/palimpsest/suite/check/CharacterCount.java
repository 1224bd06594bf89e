package dev.palimpsest.suite.check;

/** Counts characters (Unicode code points), spaces included. */
record CharacterCount(Range range) implements Check {
  @Override
  public CheckResult test(String text) {
    return range.judge(text.codePointCount(0, text.length()), "character");
  }
}
