package dev.palimpsest.stats;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The exact chance that a gate is decided, by counting out the tables that decide it.
 *
 * <p>Of n items m ~ Bin(n, ψ) change sides, and at a true drop Δ each of these is lost with
 * probability (1 + Δ/ψ) / 2. For a given m, z(δ) rises with the number lost, so that the tables
 * which certify are those with at most k(m) lost; k moves by little from one m to the next and is
 * followed instead of searched. The usual formula n = (z_α + z_β)² ψ / δ² takes z for normal and is
 * too hopeful where few items change sides: at ψ = 5% it gives 124 items for 5 points and 80%, of
 * which the chance is 71%.
 */
final class GateChance {
  /** Numbers of discordant items this far from the expected one have no weight (below 1e-12). */
  private static final double DEVIATIONS = 7.5;

  private static final int KEPT = 4096;

  private final Map<Question, Double> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Question, Double> eldest) {
              return size() > KEPT;
            }
          });
  private final LongAdder scoreTests = new LongAdder();

  /**
   * What is asked.
   *
   * @param n items, at least 1
   * @param alpha one-sided level of the gate
   * @param margin δ, in (0, 1)
   * @param discordance ψ, in [0, 1]
   * @param drop Δ, in [−ψ, ψ]
   */
  record Question(int n, double alpha, double margin, double discordance, double drop) {}

  /** Returns how many score tests were computed so far. */
  long scoreTests() {
    return scoreTests.sum();
  }

  /**
   * Returns the chance that the drop is proven smaller than the margin or, where the true drop
   * exceeds it, proven larger.
   */
  double of(Question question) {
    Double before = known.get(question);
    if (before != null) {
      return before;
    }
    double chance = count(question);
    known.put(question, chance);
    return chance;
  }

  private double count(Question q) {
    double quantile = Normal.upperQuantile(q.alpha);
    boolean certify = q.drop <= q.margin;
    Walk walk = new Walk(q, certify ? -quantile : Math.nextUp(quantile));
    double centre = q.n * q.discordance;
    double reach = DEVIATIONS * Math.sqrt(centre * (1 - q.discordance)) + DEVIATIONS;
    int first = (int) Math.max(0, Math.floor(centre - reach));
    int last = (int) Math.min(q.n, Math.ceil(centre + reach));
    Coin changes = new Coin(q.discordance);
    double below = 0;
    double all = 0;
    for (int m = first; m <= last; m++) {
      double weight = changes.probability(q.n, m);
      below += weight * walk.atMost(m);
      all += weight;
    }
    scoreTests.add(walk.tests);
    double share = Math.min(1, below / all);
    return certify ? share : 1 - share;
  }

  /** P(at most k(m) lost) for m = first, first + 1, …, each from the one before. */
  private static final class Walk {
    private final Question question;
    private final double bound;
    private final Coin coin;
    private int m = -1;
    private int k = -1;
    private double below;
    private long tests;

    Walk(Question question, double bound) {
      this.question = question;
      this.bound = bound;
      double share = question.discordance > 0 ? question.drop / question.discordance : 0;
      this.coin = new Coin(Math.max(0, Math.min(1, (1 + share) / 2)));
    }

    double atMost(int discordant) {
      if (m < 0) {
        start(discordant);
      } else if (k >= 0) {
        below -= coin.heads() * coin.probability(m, k);
      }
      m = discordant;
      while (k < m && isBelow(k + 1)) {
        k++;
        below += coin.probability(m, k);
      }
      while (k >= 0 && !isBelow(k)) {
        below -= coin.probability(m, k);
        k--;
      }
      return Math.max(0, Math.min(1, below));
    }

    /** Bisects for the first k. */
    private void start(int discordant) {
      m = discordant;
      int fits = -1;
      int exceeds = m + 1;
      while (exceeds - fits > 1) {
        int middle = (fits + exceeds) >>> 1;
        if (isBelow(middle)) {
          fits = middle;
        } else {
          exceeds = middle;
        }
      }
      for (k = -1; k < fits; ) {
        k++;
        below += coin.probability(m, k);
      }
    }

    private boolean isBelow(int lost) {
      tests++;
      return Tango.z(question.n, lost, m - lost, question.margin) < bound;
    }
  }
}
