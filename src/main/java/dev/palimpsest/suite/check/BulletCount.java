package dev.palimpsest.suite.check;

import com.google.re2j.Pattern;

/** Counts bullet points: lines that begin with -, * or •, and a space. */
record BulletCount(Range range) implements Check {
  private static final Pattern BULLET = Pattern.compile("^[-*•] +\\S");

  @Override
  public CheckResult test(String text) {
    long bullets = Text.lines(text).stream().filter(line -> BULLET.matcher(line).find()).count();
    return range.judge((int) bullets, "bullet point");
  }
}
