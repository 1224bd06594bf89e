package dev.palimpsest.report.chart;

import dev.palimpsest.audit.Points;
import java.util.stream.DoubleStream;

/**
 * A change with its interval, and how its verdict looks.
 *
 * @param change tuned − base, a difference of shares; not a number where nothing was measured
 * @param low end of the interval
 * @param high end of the interval
 */
public record Value(double change, double low, double high, Look look) {
  /** Tells whether there is anything to draw. */
  public boolean isMeasured() {
    return !Double.isNaN(change);
  }

  /** Returns what a scale has to hold of it. */
  public DoubleStream ends() {
    return isMeasured() ? DoubleStream.of(low, change, high) : DoubleStream.empty();
  }

  /** Returns it in points, "−6.2"; a dash where nothing was measured. */
  public String text() {
    return isMeasured() ? Points.signed(change) : "–";
  }

  /** Returns its interval in points, "−9.1 to −3.4"; "" where nothing was measured. */
  public String interval() {
    return isMeasured() ? Points.signed(low) + " to " + Points.signed(high) : "";
  }
}
