package dev.palimpsest.stats;

import java.util.HashSet;
import java.util.List;

/**
 * A rate of events among items of which some hang together, several answers to one question say.
 *
 * <p>The interval is Wilson's with the effective sample size n / deff in the place of n, as E. Korn
 * and B. Graubard take it (Survey Methodology 24 (1998) 193–201) and N. Dean and M. Pagano
 * recommend it for clusters (Journal of Survey Statistics and Methodology 3 (2015) 484–503). The
 * design effect is the bias-reduced sandwich's variance over that of independent items ({@link
 * Sandwich}), at least 1. Where all items or none have the event, nothing is known of how they hang
 * together: then a cluster counts as one item.
 *
 * @param events items with the event
 * @param n items, at least 1
 * @param clusters they come from, at least 1
 * @param designEffect at least 1
 */
public record ClusteredRate(int events, int n, int clusters, double designEffect) {
  public ClusteredRate {
    Trials.require(events, n);
    if (clusters < 1 || !(designEffect >= 1)) {
      throw new IllegalArgumentException("a rate needs a cluster and an effect of at least 1");
    }
  }

  /**
   * Counts events.
   *
   * @param events whether each item has the event, at least one item
   * @param clusters each item's cluster, as many as events
   */
  public static ClusteredRate of(boolean[] events, List<String> clusters) {
    if (events.length == 0 || events.length != clusters.size()) {
      throw new IllegalArgumentException("each of one or more items needs a cluster");
    }
    int n = events.length;
    int count = 0;
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = events[i] ? 1 : 0;
      count += events[i] ? 1 : 0;
    }
    int distinct = new HashSet<>(clusters).size();
    if (count == 0 || count == n || distinct == 1) {
      return new ClusteredRate(count, n, distinct, (double) n / distinct);
    }
    Sandwich found = Sandwich.of(values, clusters);
    double effect = found.largest() == 1 ? 1 : found.variance() / found.independent();
    return new ClusteredRate(count, n, distinct, Math.max(1, effect));
  }

  /** Returns the share of items with the event. */
  public double share() {
    return (double) events / n;
  }

  /**
   * Returns the interval of the rate, within [0, 1].
   *
   * @param level two-sided, such as 0.90
   */
  public Interval interval(double level) {
    double size = n / designEffect;
    double z = Normal.ofLevel(level);
    double share = share();
    double centre = share * size + z * z / 2;
    double spread = z * Math.sqrt(size * share * (1 - share) + z * z / 4);
    return new Interval(
        events == 0 ? 0 : Math.max(0, (centre - spread) / (size + z * z)),
        events == n ? 1 : Math.min(1, (centre + spread) / (size + z * z)));
  }
}
