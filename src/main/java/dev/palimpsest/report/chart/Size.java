package dev.palimpsest.report.chart;

import java.util.Locale;

/** The two drawings of the same figures; lengths are in units of which text has 13 to 15. */
public enum Size {
  /** Readable from about 760 pixels, and on paper. */
  WIDE(1000),
  /** For 360 pixels. */
  NARROW(360);

  private final int width;

  Size(int width) {
    this.width = width;
  }

  int width() {
    return width;
  }

  /** Returns the end of CSS classes and ids, "wide". */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
