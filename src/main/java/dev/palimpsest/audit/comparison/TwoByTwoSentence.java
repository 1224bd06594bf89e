package dev.palimpsest.audit.comparison;

import dev.palimpsest.audit.Points;

/** Says of a 2 × 2 where the change comes from. */
record TwoByTwoSentence(TwoByTwo found, Side left, Side right, double level) {
  /** Returns the same with its sentence. */
  TwoByTwo said() {
    return new TwoByTwo(
        found.n(),
        found.tuning(),
        found.tuningOfRight(),
        found.base(),
        found.whole(),
        found.contrast(),
        found.interval(),
        found.p(),
        sum() + " " + attribution());
  }

  private String sum() {
    return "From "
        + left.base().name()
        + " to "
        + right.arm().name()
        + " the score changes by "
        + Points.signed(found.whole().delta())
        + " points: "
        + Points.signed(found.tuning().delta())
        + " by tuning, "
        + Points.signed(found.base().delta())
        + " by the other base, "
        + Points.signed(found.contrast())
        + " by both together ("
        + Points.intervalLabel(level)
        + " "
        + Points.signed(found.interval().low())
        + " to "
        + Points.signed(found.interval().high())
        + ").";
  }

  private String attribution() {
    if (found.interval().high() < 0) {
      return "Tuning costs more on "
          + right.base().name()
          + " than on "
          + left.base().name()
          + ": neither alone explains it.";
    }
    if (found.interval().low() > 0) {
      return "Tuning costs less on "
          + right.base().name()
          + " than on "
          + left.base().name()
          + ": the two make up for part of each other.";
    }
    boolean tuning = found.tuning().fell();
    boolean base = found.base().fell();
    if (tuning && base) {
      return "Both have a part in the loss, and nothing shows that they add to each other.";
    }
    if (tuning) {
      return "The loss that shows is tuning's; the other base shows none.";
    }
    return base
        ? "The loss that shows is the other base's; tuning shows none."
        : "Neither shows a loss on these items.";
  }
}
