package dev.palimpsest.audit.comparison;

import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.ItemContrast;
import dev.palimpsest.stats.McNemar;
import dev.palimpsest.stats.PairedTable;
import dev.palimpsest.stats.Tango;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How the score of the same items changes from one arm to another.
 *
 * @param n items with a score on both
 * @param from share right on the first arm
 * @param to share right on the second
 * @param delta {@code to} − {@code from}
 * @param interval of delta: Tango's; where items come in clusters, the wider of it and the cluster
 *     one of {@link ItemContrast}; [−1, 1] without items
 * @param p two-sided mid-p McNemar; 1 without items
 * @param bothRight items right on both
 * @param lost right on the first only
 * @param gained right on the second only
 * @param bothWrong wrong on both
 */
public record Change(
    int n,
    double from,
    double to,
    double delta,
    Interval interval,
    double p,
    int bothRight,
    int lost,
    int gained,
    int bothWrong) {
  private static final Interval ANYTHING = new Interval(-1, 1);

  public Change {
    Objects.requireNonNull(interval, "interval is null");
  }

  /**
   * Pairs the scores of two arms.
   *
   * @param items in any order; each has a score on both
   * @param clusters what each item shares with those that it depends on
   * @param level two-sided
   */
  static Change of(
      List<String> items,
      Map<String, Boolean> from,
      Map<String, Boolean> to,
      List<String> clusters,
      double level) {
    int[] cells = new int[4];
    double[] contrasts = new double[items.size()];
    for (int i = 0; i < contrasts.length; i++) {
      boolean first = from.get(items.get(i));
      boolean second = to.get(items.get(i));
      cells[(first ? 0 : 2) + (second ? 0 : 1)]++;
      contrasts[i] = (second ? 1 : 0) - (first ? 1 : 0);
    }
    PairedTable table = new PairedTable(cells[0], cells[1], cells[2], cells[3]);
    return new Change(
        table.n(),
        table.baseRate(),
        table.tunedRate(),
        -table.drop(),
        interval(table, contrasts, clusters, level),
        table.n() == 0 ? 1 : McNemar.midP(table),
        table.bothRight(),
        table.lost(),
        table.gained(),
        table.bothWrong());
  }

  private static Interval interval(
      PairedTable table, double[] contrasts, List<String> clusters, double level) {
    if (table.n() == 0) {
      return ANYTHING;
    }
    Interval tango = Tango.interval(table, level).negated();
    if (clusters.stream().distinct().count() == clusters.size()) {
      return tango;
    }
    Interval clustered = ItemContrast.of(contrasts, clusters).interval(level);
    return new Interval(
        Math.min(tango.low(), Math.max(-1, clustered.low())),
        Math.max(tango.high(), Math.min(1, clustered.high())));
  }

  /** Tells whether the interval lies below 0. */
  public boolean fell() {
    return interval.high() < 0;
  }

  /** Tells whether the interval lies above 0. */
  public boolean rose() {
    return interval.low() > 0;
  }
}
