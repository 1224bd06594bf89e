package dev.palimpsest.report.chart;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * An axis of shares or differences of shares; drawings that share one can be compared by eye.
 *
 * @param low one end
 * @param high the other end
 * @param step between ticks; the ends are multiples of it
 */
public record Scale(double low, double high, double step) {
  private static final double[] STEPS = {0.01, 0.02, 0.05, 0.10, 0.20, 0.25, 0.50};
  private static final int MOST_STEPS = 7;

  public Scale {
    if (!(low < high) || !(step > 0)) {
      throw new IllegalArgumentException("not a scale");
    }
  }

  /**
   * Returns the scale that holds all values with a little room; ±10 points where there are none.
   */
  public static Scale holding(DoubleStream values) {
    DoubleSummaryStatistics all = values.summaryStatistics();
    double least = all.getCount() == 0 ? -0.1 : all.getMin();
    double most = all.getCount() == 0 ? 0.1 : all.getMax();
    for (double step : STEPS) {
      double left = Math.floor(least / step - 0.2);
      double right = Math.ceil(most / step + 0.2);
      if (right - left <= MOST_STEPS) {
        return new Scale(left * step, right * step, step);
      }
    }
    return new Scale(-1, 1, 0.5);
  }

  /** Returns the scale that holds some values. */
  public static Scale holding(double... values) {
    return holding(DoubleStream.of(values));
  }

  /** Returns where a value lies between two coordinates; values beyond the ends lie on them. */
  public double position(double value, double from, double to) {
    double share = (Math.max(low, Math.min(high, value)) - low) / (high - low);
    return from + share * (to - from);
  }

  /** Returns the values that get a tick; of differences, 0 is among them. */
  public List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    long first = Math.round(low / step);
    long last = Math.round(high / step);
    for (long i = first; i <= last; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }
}
