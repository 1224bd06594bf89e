package dev.palimpsest.audit;

import java.util.Objects;

/**
 * The same item on the base and on a tuned arm.
 *
 * @param base outcome on the base
 * @param tuned outcome on the tuned arm
 */
public record PairedOutcome(Outcome base, Outcome tuned) {
  /** What became of the item. */
  public enum Change {
    /** Base right, tuned wrong. */
    LOST,
    /** Base wrong, tuned right. */
    GAINED,
    BOTH_RIGHT,
    BOTH_WRONG,
    /** One of the two has no score. */
    NOT_COMPARABLE
  }

  public PairedOutcome {
    Objects.requireNonNull(base, "base is null");
    Objects.requireNonNull(tuned, "tuned is null");
    if (!base.suite().equals(tuned.suite()) || !base.itemId().equals(tuned.itemId())) {
      throw new IllegalArgumentException("outcomes are of different items");
    }
  }

  /** Returns what became of the item. */
  public Change change() {
    if (base.state() != Outcome.State.SCORED || tuned.state() != Outcome.State.SCORED) {
      return Change.NOT_COMPARABLE;
    }
    if (base.isRight()) {
      return tuned.isRight() ? Change.BOTH_RIGHT : Change.LOST;
    }
    return tuned.isRight() ? Change.GAINED : Change.BOTH_WRONG;
  }
}
