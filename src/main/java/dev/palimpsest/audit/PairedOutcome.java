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
    NOT_COMPARABLE;

    /**
     * Returns what became of an item by its two outcomes.
     *
     * @param baseRight whether the base was right; counts where it has a score
     * @param tunedRight the same of the tuned arm
     */
    public static Change of(
        Outcome.State base, boolean baseRight, Outcome.State tuned, boolean tunedRight) {
      if (base != Outcome.State.SCORED || tuned != Outcome.State.SCORED) {
        return NOT_COMPARABLE;
      }
      if (baseRight) {
        return tunedRight ? BOTH_RIGHT : LOST;
      }
      return tunedRight ? GAINED : BOTH_WRONG;
    }
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
    return Change.of(base.state(), base.isRight(), tuned.state(), tuned.isRight());
  }
}
