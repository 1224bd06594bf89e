package dev.palimpsest.stats;

/**
 * How many more items change sides than when the base runs against itself: ψ − ψ0.
 *
 * <p>The interval joins Wilson's of both shares as if they were independent (Newcombe's hybrid,
 * method 10 of Statistics in Medicine 17 (1998) 873–890): [d − √((ψ − l)² + (u0 − ψ0)²), d + √((u −
 * ψ)² + (ψ0 − l0)²)]. They are of the same items and go together, which makes the interval too wide
 * rather than too narrow.
 *
 * @param excess ψ − ψ0
 * @param interval of it
 */
public record ExcessFlips(double excess, Interval interval) {
  /**
   * Compares.
   *
   * @param flips items that changed sides, of n
   * @param floorFlips items that the base alone turns, of floorN
   * @param level two-sided, in (0, 1)
   * @throws IllegalArgumentException if a count is not one of so many items
   */
  public static ExcessFlips of(int flips, int n, int floorFlips, int floorN, double level) {
    Interval share = Wilson.interval(flips, n, level);
    Interval floor = Wilson.interval(floorFlips, floorN, level);
    double psi = (double) flips / n;
    double psi0 = (double) floorFlips / floorN;
    return new ExcessFlips(
        psi - psi0,
        new Interval(
            psi - psi0 - Math.hypot(psi - share.low(), floor.high() - psi0),
            psi - psi0 + Math.hypot(share.high() - psi, psi0 - floor.low())));
  }

  /** Tells whether more items change sides than noise turns. */
  public boolean isProven() {
    return interval.low() > 0;
  }
}
