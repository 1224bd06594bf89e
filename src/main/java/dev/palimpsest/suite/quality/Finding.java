package dev.palimpsest.suite.quality;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What one check of a suite found.
 *
 * @param check what was looked at
 * @param found the figure, as people read it
 * @param wanted the limit, "" where there is none
 * @param result whether it is kept
 * @param examples at most a few items or texts that speak against the suite
 */
public record Finding(
    String check, String found, String wanted, Result result, List<String> examples) {
  private static final int MOST_EXAMPLES = 5;

  /** Sums of shares such as 1/3 are not exact. */
  private static final double ROUNDING = 1e-9;

  /** Whether a limit is kept. */
  public enum Result {
    PASSED,
    FAILED,
    /** There is no limit, or too little to judge by. */
    TOLD
  }

  public Finding {
    Objects.requireNonNull(check, "check is null");
    Objects.requireNonNull(found, "found is null");
    Objects.requireNonNull(wanted, "wanted is null");
    Objects.requireNonNull(result, "result is null");
    examples = examples.stream().limit(MOST_EXAMPLES).toList();
  }

  /** Returns a finding without a limit. */
  public static Finding told(String check, String found) {
    return new Finding(check, found, "", Result.TOLD, List.of());
  }

  /** Returns a finding of a share that should be at most a limit; both from 0 to 1. */
  public static Finding atMost(String check, double share, double limit, List<String> examples) {
    boolean kept = share <= limit + ROUNDING;
    return new Finding(
        check,
        percent(share),
        "at most " + percent(limit),
        kept ? Result.PASSED : Result.FAILED,
        kept ? List.of() : examples);
  }

  /** Returns a finding of a share that should lie between two limits, both included. */
  public static Finding between(String check, double share, double low, double high) {
    boolean kept = share >= low - ROUNDING && share <= high + ROUNDING;
    return new Finding(
        check,
        percent(share),
        percent(low) + " to " + percent(high),
        kept ? Result.PASSED : Result.FAILED,
        List.of());
  }

  /** Returns a finding of items none of which there should be. */
  public static Finding none(String check, String found, List<String> against) {
    return new Finding(
        check, found, "none", against.isEmpty() ? Result.PASSED : Result.FAILED, against);
  }

  /** Returns a share as a percentage with one decimal. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
