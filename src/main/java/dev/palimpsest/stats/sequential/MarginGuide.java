package dev.palimpsest.stats.sequential;

import java.util.Arrays;
import java.util.List;

/**
 * Learns where answers flip by how sure the base was of them, and takes fewer of the items that
 * hardly ever do.
 *
 * <p>Items are grouped by |base margin| into six; within a group every item has the same π. The
 * variance of the weighted drop is least for its cost at π ∝ √(share that flips) (J. Neyman, 1934),
 * but bets are bounded by the smallest π, so that several floors are tried and the rule is taken
 * whose capital grows fastest for its cost where nothing was lost. It has to promise a tenth more
 * than asking everything; where hardly anything flips it never does.
 */
final class MarginGuide {
  private static final int GROUPS = 6;
  private static final double[] FLOORS = {0.7, 0.5, 0.35, 0.25, 0.2, 0.15};
  private static final double WORTH_IT = 1.10;
  private static final int FEWEST_SEEN = 32;
  private static final int FEWEST_FLIPS = 3;

  /** A group's share is drawn this many items' worth towards what is usual. */
  private static final double PRIOR_ITEMS = 6;

  /** Of the share of all, what flips by group on the planted tunes of docs/VALIDATION.md. */
  private static final double[] USUAL = {2.4, 1.6, 0.9, 0.6, 0.3, 0.2};

  private static final int STAKES = 24;

  private final double margin;
  private final double baseCost;

  /**
   * @param margin δ of the gate, in (0, 1)
   * @param baseCost what the base's answer costs beside the tuned one's: 0 where it is kept
   */
  MarginGuide(double margin, double baseCost) {
    this.margin = margin;
    this.baseCost = baseCost;
  }

  /**
   * An item that was seen.
   *
   * @param distance |base margin| in nats; NaN where it has none
   * @param asked whether it was put to the tuned checkpoint
   * @param flipped whether it changed sides there
   */
  record Past(double distance, boolean asked, boolean flipped) {}

  /** Returns the rule for what comes next. */
  SamplingRule rule(List<Past> past) {
    double[] distances =
        past.stream().mapToDouble(Past::distance).filter(d -> !Double.isNaN(d)).sorted().toArray();
    long flips = past.stream().filter(Past::flipped).count();
    if (distances.length < FEWEST_SEEN || flips < FEWEST_FLIPS) {
      return SamplingRule.PLAIN;
    }
    double[] edges = edges(distances);
    double[] shares = shares(past, edges);
    SamplingRule best = SamplingRule.PLAIN;
    double promise = WORTH_IT * growthForCost(SamplingRule.PLAIN.probabilities(), shares);
    for (double floor : FLOORS) {
      double[] probabilities = neyman(shares, floor);
      double growth = growthForCost(probabilities, shares);
      if (growth > promise) {
        promise = growth;
        best = new SamplingRule(edges, probabilities);
      }
    }
    return best;
  }

  private static double[] edges(double[] sorted) {
    double[] edges = new double[GROUPS - 1];
    for (int g = 1; g < GROUPS; g++) {
      edges[g - 1] = sorted[g * sorted.length / GROUPS];
    }
    return edges;
  }

  /** Returns the share that flips by group, which never rises with the distance. */
  private static double[] shares(List<Past> past, double[] edges) {
    double[] asked = new double[GROUPS];
    double[] flipped = new double[GROUPS];
    for (Past one : past) {
      if (one.asked() && !Double.isNaN(one.distance())) {
        int group = SamplingRule.group(edges, one.distance());
        asked[group]++;
        flipped[group] += one.flipped() ? 1 : 0;
      }
    }
    double all = 0;
    for (int g = 0; g < GROUPS; g++) {
      all += asked[g] == 0 ? 0 : flipped[g] / asked[g] / GROUPS;
    }
    double[] falling = falling(flipped, asked);
    double[] shares = new double[GROUPS];
    for (int g = 0; g < GROUPS; g++) {
      shares[g] = (falling[g] * asked[g] + PRIOR_ITEMS * USUAL[g] * all) / (asked[g] + PRIOR_ITEMS);
    }
    return shares;
  }

  /** Pools neighbours until the shares fall (pool adjacent violators; Ayer and others, 1955). */
  private static double[] falling(double[] flipped, double[] asked) {
    double[] shares = new double[GROUPS];
    int from = 0;
    while (from < GROUPS) {
      int to = from;
      double best = -1;
      double f = 0;
      double n = 0;
      for (int g = from; g < GROUPS; g++) {
        f += flipped[g];
        n += asked[g];
        double share = n == 0 ? 0 : f / n;
        if (share >= best) {
          best = share;
          to = g;
        }
      }
      Arrays.fill(shares, from, to + 1, best);
      from = to + 1;
    }
    return shares;
  }

  private static double[] neyman(double[] shares, double floor) {
    double most = Arrays.stream(shares).max().orElseThrow();
    return Arrays.stream(shares).map(s -> Math.max(floor, Math.sqrt(s / most))).toArray();
  }

  /**
   * Returns the growth of ln K by the best stake for each unit of cost, where as many items are
   * lost as gained: E ln (1 + λ (δ − Z)) / (E π + cost of the base).
   */
  private double growthForCost(double[] probabilities, double[] shares) {
    double cost = baseCost;
    double bound = 1;
    for (int g = 0; g < GROUPS; g++) {
      double pi = probabilities[Math.min(g, probabilities.length - 1)];
      cost += pi / GROUPS;
      bound = Math.max(bound, 1 / pi);
    }
    double best = 0;
    for (int s = 1; s <= STAKES; s++) {
      double stake = 0.97 * Math.pow(0.8, STAKES - s) / (bound - margin);
      best = Math.max(best, growth(stake, probabilities, shares));
    }
    return best / cost;
  }

  private double growth(double stake, double[] probabilities, double[] shares) {
    double growth = 0;
    for (int g = 0; g < GROUPS; g++) {
      double pi = probabilities[Math.min(g, probabilities.length - 1)];
      double changes = pi * shares[g];
      growth +=
          (1 - changes) * Math.log1p(stake * margin)
              + changes / 2 * Math.log1p(stake * (margin - 1 / pi))
              + changes / 2 * Math.log1p(stake * (margin + 1 / pi));
    }
    return growth / GROUPS;
  }
}
