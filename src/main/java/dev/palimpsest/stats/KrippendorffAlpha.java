package dev.palimpsest.stats;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Agreement of any number of raters, who need not have rated everything: α = 1 − D_o / D_e, the
 * disagreement within units over that of all ratings put together at random.
 *
 * <p>D_o = Σ_u Σ_{i≠j∈u} δ²(i, j) / (m_u − 1) / n and D_e = Σ_{i≠j} δ²(i, j) / (n (n − 1)), over
 * the n ratings of units with m_u ≥ 2 of them. Source: K. Krippendorff, Computing Krippendorff's
 * Alpha-Reliability (2011).
 */
public final class KrippendorffAlpha {
  private KrippendorffAlpha() {}

  /** How far two ratings lie apart. */
  public enum Scale {
    /** They are equal or not. */
    NOMINAL {
      @Override
      double distance(double one, double other) {
        return one == other ? 0 : 1;
      }
    },
    /** By the square of their difference. */
    INTERVAL {
      @Override
      double distance(double one, double other) {
        return (one - other) * (one - other);
      }
    };

    abstract double distance(double one, double other);
  }

  /**
   * Returns α.
   *
   * @param units the ratings of each thing; things with fewer than two say nothing
   * @return at most 1; empty where no two ratings of one thing exist or all ratings are equal
   */
  public static OptionalDouble of(Collection<List<Double>> units, Scale scale) {
    List<List<Double>> rated = units.stream().filter(unit -> unit.size() > 1).toList();
    List<Double> all = rated.stream().flatMap(List::stream).toList();
    double within = 0;
    for (List<Double> unit : rated) {
      within += distances(unit, scale) / (unit.size() - 1);
    }
    double together = distances(all, scale);
    return together == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(1 - within * (all.size() - 1) / together);
  }

  private static double distances(List<Double> ratings, Scale scale) {
    double sum = 0;
    for (int i = 0; i < ratings.size(); i++) {
      for (int j = 0; j < ratings.size(); j++) {
        sum += i == j ? 0 : scale.distance(ratings.get(i), ratings.get(j));
      }
    }
    return sum;
  }
}
