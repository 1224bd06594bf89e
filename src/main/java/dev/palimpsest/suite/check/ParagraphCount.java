package dev.palimpsest.suite.check;

/** Counts paragraphs: what blank lines separate. */
record ParagraphCount(Range range) implements Check {
  @Override
  public CheckResult test(String text) {
    return range.judge(Text.paragraphs(text).size(), "paragraph");
  }
}
