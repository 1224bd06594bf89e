package dev.palimpsest.suite.check;

/** Counts how often a piece of text occurs, exactly as written; 0 forbids it. */
record TextCount(String piece, Range range) implements Check {
  @Override
  public CheckResult test(String text) {
    int count = 0;
    for (int at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + piece.length())) {
      count++;
    }
    return range.judge(count, "\"" + piece + "\"", "times \"" + piece + "\"");
  }
}
