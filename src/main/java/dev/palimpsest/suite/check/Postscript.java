package dev.palimpsest.suite.check;

import java.util.List;

/** Asks for a last part that begins with a marker such as "P.S." at the start of a line. */
record Postscript(String marker) implements Check {
  @Override
  public CheckResult test(String text) {
    List<String> lines = Text.lines(text);
    boolean passed = lines.size() > 1 && lines.stream().skip(1).anyMatch(this::isPostscript);
    return CheckResult.of(
        passed,
        "has a postscript after " + marker,
        "no line after the first begins with " + marker + " and a text");
  }

  private boolean isPostscript(String line) {
    return line.regionMatches(true, 0, marker, 0, marker.length())
        && line.length() > marker.length() + 1;
  }
}
