package dev.palimpsest.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * p-values adjusted for having looked at several.
 *
 * <p>A release gate that needs every suite to pass needs no correction (intersection–union test);
 * these are for lists of "what drifted". Sources: S. Holm, Scandinavian Journal of Statistics 6
 * (1979) 65–70; Y. Benjamini, Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995)
 * 289–300.
 */
public final class Multiplicity {
  private Multiplicity() {}

  /**
   * Returns Holm's step-down values: the chance of even one false claim stays below the level.
   *
   * @param pValues in [0, 1], in any order; the result has the same order
   */
  public static double[] holm(double[] pValues) {
    Integer[] ascending = order(pValues);
    double[] adjusted = new double[pValues.length];
    double running = 0;
    for (int rank = 0; rank < ascending.length; rank++) {
      int remaining = ascending.length - rank;
      running = Math.max(running, Math.min(1, remaining * pValues[ascending[rank]]));
      adjusted[ascending[rank]] = running;
    }
    return adjusted;
  }

  /**
   * Returns Benjamini and Hochberg's step-up values: the expected share of false claims among the
   * claims stays below the level.
   *
   * @param pValues in [0, 1], in any order; the result has the same order
   */
  public static double[] benjaminiHochberg(double[] pValues) {
    Integer[] ascending = order(pValues);
    double[] adjusted = new double[pValues.length];
    double running = 1;
    for (int rank = ascending.length - 1; rank >= 0; rank--) {
      double scaled = pValues[ascending[rank]] * ascending.length / (rank + 1);
      running = Math.min(running, scaled);
      adjusted[ascending[rank]] = running;
    }
    return adjusted;
  }

  private static Integer[] order(double[] pValues) {
    Integer[] order = IntStream.range(0, pValues.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> pValues[i]));
    return order;
  }
}
