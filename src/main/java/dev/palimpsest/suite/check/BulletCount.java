package dev.palimpsest.suite.check;

import com.google.re2j.Pattern;

/** Counts bullet points: lines that begin with -, *, • or the like, before a space or a word. */
record BulletCount(Range range) implements Check {
  private static final Pattern BULLET = Pattern.compile("^(?:[-–—*•+◦▪‣] +\\S|[-–—•◦▪‣]\\pL)");

  @Override
  public CheckResult test(String text) {
    long bullets = Text.lines(text).stream().filter(line -> BULLET.matcher(line).find()).count();
    return range.judge((int) bullets, "bullet point");
  }
}
