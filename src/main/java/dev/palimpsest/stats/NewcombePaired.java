package dev.palimpsest.stats;

/**
 * Newcombe's hybrid interval of a paired difference (his method 10), a second opinion to Tango.
 *
 * <p>It joins the Wilson intervals of the two rates through their correlation φ. Source: R. G.
 * Newcombe, Statistics in Medicine 17 (1998) 2635–2650.
 */
public final class NewcombePaired {
  private NewcombePaired() {}

  /**
   * Returns the interval of the drop p − q.
   *
   * @param table with at least one pair
   * @param level two-sided, such as 0.90
   */
  public static Interval interval(PairedTable table, double level) {
    int n = table.n();
    double p = table.baseRate();
    double q = table.tunedRate();
    Interval base = Wilson.interval(table.bothRight() + table.lost(), n, level);
    Interval tuned = Wilson.interval(table.bothRight() + table.gained(), n, level);
    double phi = correlation(table);
    return new Interval(
        table.drop() - reach(p - base.low(), tuned.high() - q, phi),
        table.drop() + reach(base.high() - p, q - tuned.low(), phi));
  }

  private static double reach(double first, double second, double phi) {
    return Math.sqrt(Math.max(0, first * first - 2 * phi * first * second + second * second));
  }

  /** Returns φ, continuity-corrected where it is positive; 0 where a margin is empty. */
  private static double correlation(PairedTable t) {
    double rows = (double) (t.bothRight() + t.lost()) * (t.gained() + t.bothWrong());
    double columns = (double) (t.bothRight() + t.gained()) * (t.lost() + t.bothWrong());
    if (rows == 0 || columns == 0) {
      return 0;
    }
    double determinant = (double) t.bothRight() * t.bothWrong() - (double) t.lost() * t.gained();
    double half = t.n() / 2.0;
    double corrected = determinant > 0 ? Math.max(0, determinant - half) : determinant;
    return corrected / (Math.sqrt(rows) * Math.sqrt(columns));
  }
}
