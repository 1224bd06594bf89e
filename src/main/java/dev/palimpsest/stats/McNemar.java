package dev.palimpsest.stats;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * McNemar's test of "losses and gains are equally likely", from the items that changed sides.
 *
 * <p>Under that hypothesis the smaller of the two counts is a draw from Bin(b + c, ½). The mid-p
 * form is the default of this product: it kept its level in all of 9,595 settings studied, where
 * the exact form is too cautious and the continuity-corrected one worse. Source: M. Fagerland, S.
 * Lydersen, P. Laake, BMC Medical Research Methodology 13 (2013) 91.
 */
public final class McNemar {
  private McNemar() {}

  /** Returns the exact two-sided p-value: 2·P(X ≤ min(b, c)), at most 1. */
  public static double exact(PairedTable table) {
    return Math.min(1, 2 * coin(table).cumulativeProbability(fewer(table)));
  }

  /** Returns the two-sided mid-p value: 2·P(X ≤ min(b, c)) − P(X = min(b, c)). */
  public static double midP(PairedTable table) {
    if (table.lost() == table.gained()) {
      return 1;
    }
    BinomialDistribution coin = coin(table);
    int fewer = fewer(table);
    return Math.min(1, 2 * coin.cumulativeProbability(fewer) - coin.probability(fewer));
  }

  private static BinomialDistribution coin(PairedTable table) {
    return BinomialDistribution.of(table.discordant(), 0.5);
  }

  private static int fewer(PairedTable table) {
    return Math.min(table.lost(), table.gained());
  }
}
