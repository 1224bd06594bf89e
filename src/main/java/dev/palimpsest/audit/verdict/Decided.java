package dev.palimpsest.audit.verdict;

import java.util.Locale;
import java.util.Objects;

/**
 * How a gate that may be decided at any item came to its end.
 *
 * @param why what ended it
 * @param items put to the tuned checkpoint and compared until then
 * @param seen items that the sequence went through, those that were left out by the base's margin
 *     included
 * @param of items that there are
 * @param guided of the items, how many were chosen by the base's margin
 * @param eValue the largest so far for a drop smaller than the margin, at least 1
 * @param harmValue the largest so far for a drop larger than the margin, at least 1
 * @param alpha the gate is decided where one of the two reaches 1/α
 * @param base the share of the items gone through that the base has right
 * @param drop weighted estimate, base − tuned
 */
public record Decided(
    Why why,
    int items,
    int seen,
    int of,
    int guided,
    double eValue,
    double harmValue,
    double alpha,
    double base,
    double drop) {
  /** What ended a sequence. */
  public enum Why {
    /** The drop is proven smaller than the margin. */
    CERTIFIED,
    /** The drop is proven larger than the margin. */
    HARM,
    /** There are no more items. */
    POOL,
    /** The time that it was given is over. */
    BUDGET,
    /** Nothing did yet, or the audit was ended from outside. */
    OPEN;

    /** Returns the name used in report.json. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Decided {
    Objects.requireNonNull(why, "why is null");
  }

  /** Returns how near the gate is to a certificate: ln of the e-value by ln 1/α, in [0, 1]. */
  public double nearness() {
    return Math.max(0, Math.min(1, Math.log(eValue) / -Math.log(alpha)));
  }

  /** Returns how near the gate is to a proof of harm, in [0, 1]. */
  public double nearnessToHarm() {
    return Math.max(0, Math.min(1, Math.log(harmValue) / -Math.log(alpha)));
  }
}
