package dev.palimpsest.stats;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoublePredicate;

/**
 * The exact unconditional test of a paired difference, and its interval: tables are ordered by
 * Tango's score, and how likely a score this extreme is gets counted out over all tables, for the
 * least favourable share ψ of items that change sides.
 *
 * <p>Tango's score is nearly normal and not quite: where few items change sides and all one way, a
 * test at 5% errs in up to 6% (certificates) or 9% (drops) of audits. This one errs in at most α,
 * whatever n, ψ and D are. The search for ψ is confined to its exact interval at 1 − γ, and γ is
 * added to p, so that far values which the items exclude cost no power (R. Berger, D. Boos, JASA 89
 * (1994) 1012–1016); γ is α / 500. Sources: H. Hsueh, J. Liu, J. Chen, Biometrics 57 (2001)
 * 478–483; K. Sidik, Statistics in Medicine 22 (2003) 265–278.
 *
 * <p>Above {@link #LARGEST} pairs it is Tango's own test, which is right to a tenth of α there
 * unless fewer than about ten items change sides.
 */
public final class ExactUnconditional {
  /** With more pairs than this Tango's test takes its place. */
  public static final int LARGEST = 3000;

  private static final double SHARE_OF_ALPHA = 1.0 / 500;
  private static final int GRID = 32;
  private static final int REFINED = 8;
  private static final int BISECTIONS = 16;
  private static final int KEPT = 4096;

  private static final Map<Question, Interval> KNOWN =
      Collections.synchronizedMap(
          new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Question, Interval> eldest) {
              return size() > KEPT;
            }
          });

  private record Question(int n, int lost, int gained, double alpha) {}

  private ExactUnconditional() {}

  /**
   * Returns the one-sided p of H0 "the drop is at least D": small where it is proven smaller.
   *
   * @param table with at least one pair
   * @param drop D, in [−1, 1]
   * @param alpha the level at which it is read, in (0, 0.5)
   * @return in (0, 1]
   */
  public static double below(PairedTable table, double drop, double alpha) {
    double z = Tango.z(table, drop);
    if (table.n() > LARGEST) {
      return Normal.probabilityBelow(z);
    }
    ScoreTail tail = new ScoreTail(table.n(), drop, Math.nextUp(z));
    return worst(table, drop, alpha, psi -> tail.below(psi));
  }

  /**
   * Returns the one-sided p of H0 "the drop is at most D": small where it is proven larger.
   *
   * @param table with at least one pair
   * @param drop D, in [−1, 1]
   * @param alpha the level at which it is read, in (0, 0.5)
   * @return in (0, 1]
   */
  public static double above(PairedTable table, double drop, double alpha) {
    return below(table.swapped(), -drop, alpha);
  }

  /**
   * Returns the drops that neither test rejects, and never less than Tango's interval. Its ends are
   * found to about a thousandth of a point.
   *
   * @param table with at least one pair
   * @param alpha one-sided level, in (0, 0.5); two-sided the interval has 1 − 2α
   */
  public static Interval interval(PairedTable table, double alpha) {
    Interval score = Tango.interval(table, 1 - 2 * alpha);
    if (table.n() > LARGEST) {
      return score;
    }
    Question question = new Question(table.n(), table.lost(), table.gained(), alpha);
    Interval before = KNOWN.get(question);
    if (before != null) {
      return before;
    }
    double high = end(score.high(), drop -> below(table, drop, alpha) <= alpha);
    double low = -end(-score.low(), drop -> above(table, -drop, alpha) <= alpha);
    Interval interval = new Interval(low, high);
    KNOWN.put(question, interval);
    return interval;
  }

  /** Returns the first D from Tango's end outwards that is rejected. */
  private static double end(double from, DoublePredicate rejected) {
    if (from >= 1 || rejected.test(from)) {
      return from;
    }
    double inside = from;
    double step = Math.min(1.0 / 64, 1 - from);
    double outside = from + step;
    while (outside < 1 && !rejected.test(outside)) {
      inside = outside;
      outside = Math.min(1, outside + step);
    }
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (inside + outside) / 2;
      if (rejected.test(middle)) {
        outside = middle;
      } else {
        inside = middle;
      }
    }
    return outside;
  }

  /** Searches the plausible ψ for the one under which the tail is heaviest. */
  private static double worst(
      PairedTable table, double drop, double alpha, java.util.function.DoubleUnaryOperator tail) {
    double gamma = SHARE_OF_ALPHA * alpha;
    double least = Math.abs(drop);
    double low = Math.max(least, ClopperPearson.lower(table.discordant(), table.n(), gamma / 2));
    double high = ClopperPearson.upper(table.discordant(), table.n(), gamma / 2);
    if (high <= low) {
      return Math.min(1, gamma + (high < low ? 0 : tail.applyAsDouble(low)));
    }
    double step = (high - low) / GRID;
    double heaviest = 0;
    double at = low;
    for (int i = 0; i <= GRID; i++) {
      double psi = Math.min(high, low + i * step);
      double weight = tail.applyAsDouble(psi);
      if (weight > heaviest) {
        heaviest = weight;
        at = psi;
      }
    }
    for (int i = 0; i < REFINED; i++) {
      step /= 2;
      for (double psi : new double[] {Math.max(low, at - step), Math.min(high, at + step)}) {
        double weight = tail.applyAsDouble(psi);
        if (weight > heaviest) {
          heaviest = weight;
          at = psi;
        }
      }
    }
    return Math.min(1, gamma + heaviest);
  }
}
