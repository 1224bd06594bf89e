package dev.palimpsest.report.page;

import dev.palimpsest.report.model.ReportData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The axis that the rows of a chart share, so that their lengths can be compared.
 *
 * @param low left end, a difference of shares
 * @param high right end
 * @param step between ticks; the ends are multiples of it
 */
public record ChartScale(double low, double high, double step) {
  private static final double[] STEPS = {0.01, 0.02, 0.05, 0.10, 0.20, 0.25, 0.50};
  private static final int MOST_STEPS = 7;

  public ChartScale {
    if (!(low < high) || !(step > 0)) {
      throw new IllegalArgumentException("not a scale");
    }
  }

  /** Returns the scale that holds the intervals and margins of all rows that scored anything. */
  public static ChartScale of(List<ReportData.Capability> rows) {
    return holding(rows.stream().flatMapToDouble(ChartScale::values).toArray());
  }

  /** Returns the scale that holds some differences. */
  static ChartScale holding(double... values) {
    double low = DoubleStream.of(values).min().orElse(-0.1);
    double high = DoubleStream.of(values).max().orElse(0.1);
    for (double step : STEPS) {
      double left = Math.floor(low / step - 0.2);
      double right = Math.ceil(high / step + 0.2);
      if (right - left <= MOST_STEPS) {
        return new ChartScale(left * step, right * step, step);
      }
    }
    return new ChartScale(-1, 1, 0.5);
  }

  private static DoubleStream values(ReportData.Capability row) {
    DoubleStream fixed = DoubleStream.of(-1.4 * row.margin(), row.margin());
    return row.n() == 0
        ? fixed
        : DoubleStream.concat(fixed, row.ci().stream().mapToDouble(Double::doubleValue));
  }

  /** Returns where a value lies between two coordinates; values beyond the ends lie on them. */
  double position(double value, double left, double right) {
    double share = (Math.max(low, Math.min(high, value)) - low) / (high - low);
    return left + share * (right - left);
  }

  /** Returns the values that get a tick, 0 among them. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    long first = Math.round(low / step);
    long last = Math.round(high / step);
    for (long i = first; i <= last; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }
}
