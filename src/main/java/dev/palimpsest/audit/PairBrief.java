package dev.palimpsest.audit;

import java.util.Objects;

/**
 * What counts are made from of one item on the base and on a tuned arm: everything but texts.
 *
 * @param itemId item id
 * @param change what became of the item
 * @param sameOutput whether both arms answered the same
 * @param baseMargin the base's log-probability margin in nats; NaN where it has none
 * @param tunedMargin the tuned arm's
 */
public record PairBrief(
    String itemId,
    PairedOutcome.Change change,
    boolean sameOutput,
    double baseMargin,
    double tunedMargin) {
  public PairBrief {
    Objects.requireNonNull(itemId, "itemId is null");
    Objects.requireNonNull(change, "change is null");
  }

  /** Leaves a pair's texts out. */
  public static PairBrief of(PairedOutcome pair) {
    return new PairBrief(
        pair.base().itemId(),
        pair.change(),
        pair.base().output().equals(pair.tuned().output()),
        margin(pair.base()),
        margin(pair.tuned()));
  }

  /** Returns the log-probability margin of an outcome in nats; NaN where it has none. */
  public static double margin(Outcome outcome) {
    return outcome.evidence().margin().orElse(Double.NaN);
  }
}
