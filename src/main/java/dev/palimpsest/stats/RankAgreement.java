package dev.palimpsest.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** How far two orders agree; equal values share the mean of their ranks. */
public final class RankAgreement {
  private RankAgreement() {}

  /**
   * Returns the chance that a good one has the higher score than a bad one, equal scores counting
   * half: (R − g(g + 1) / 2) / (g b), R the ranks' sum of the g good among g + b. Source: J.
   * Hanley, B. McNeil, Radiology 143 (1982) 29–36.
   *
   * @return in [0, 1]; empty without both a good and a bad one
   */
  public static OptionalDouble auc(double[] scores, boolean[] good) {
    requireAsMany(scores.length, good.length);
    double[] ranks = ranks(scores);
    double sum = 0;
    double count = 0;
    for (int i = 0; i < ranks.length; i++) {
      if (good[i]) {
        sum += ranks[i];
        count++;
      }
    }
    double others = ranks.length - count;
    return count == 0 || others == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((sum - count * (count + 1) / 2) / (count * others));
  }

  /**
   * Returns Spearman's rank correlation, Pearson's of the ranks.
   *
   * @return in [−1, 1]; empty where one side does not vary
   */
  public static OptionalDouble spearman(double[] one, double[] other) {
    requireAsMany(one.length, other.length);
    double[] x = ranks(one);
    double[] y = ranks(other);
    double middle = (x.length + 1) / 2.0;
    double products = 0;
    double squaresX = 0;
    double squaresY = 0;
    for (int i = 0; i < x.length; i++) {
      products += (x[i] - middle) * (y[i] - middle);
      squaresX += (x[i] - middle) * (x[i] - middle);
      squaresY += (y[i] - middle) * (y[i] - middle);
    }
    return squaresX == 0 || squaresY == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(products / Math.sqrt(squaresX * squaresY));
  }

  private static double[] ranks(double[] values) {
    Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] ranks = new double[values.length];
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + 1 + to) / 2.0;
      }
      from = to;
    }
    return ranks;
  }

  private static void requireAsMany(int one, int other) {
    if (one != other) {
      throw new IllegalArgumentException(one + " values against " + other);
    }
  }
}
