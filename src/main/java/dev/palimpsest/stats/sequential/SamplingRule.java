package dev.palimpsest.stats.sequential;

/**
 * With which probability an item is put to the tuned checkpoint, by how far the base was from
 * answering otherwise.
 *
 * @param edges of |margin| between the groups, rising, in nats
 * @param probabilities π by group, one more than edges, in (0, 1]
 */
public record SamplingRule(double[] edges, double[] probabilities) {
  /** Asks every item. */
  public static final SamplingRule PLAIN = new SamplingRule(new double[0], new double[] {1});

  public SamplingRule {
    edges = edges.clone();
    probabilities = probabilities.clone();
    if (probabilities.length != edges.length + 1) {
      throw new IllegalArgumentException("groups and their edges do not match");
    }
    for (double probability : probabilities) {
      if (!(probability > 0 && probability <= 1)) {
        throw new IllegalArgumentException("no probability: " + probability);
      }
    }
  }

  /**
   * Returns π of an item.
   *
   * @param margin of the base in nats, of either sign; NaN where it has none: it is always asked
   */
  public double probability(double margin) {
    return Double.isNaN(margin) ? 1 : probabilities[group(edges, Math.abs(margin))];
  }

  /** Returns 1 / π of the least likely group. */
  public double bound() {
    double least = 1;
    for (double probability : probabilities) {
      least = Math.min(least, probability);
    }
    return 1 / least;
  }

  /** Tells whether some items are left out. */
  public boolean guides() {
    return bound() > 1;
  }

  static int group(double[] edges, double distance) {
    int group = 0;
    while (group < edges.length && distance > edges[group]) {
      group++;
    }
    return group;
  }
}
