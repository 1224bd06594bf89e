package dev.palimpsest.audit.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * A bound on how often something may happen that should hardly ever: it holds where the one-sided
 * upper bound of its rate on the tuned checkpoint is at most the share.
 *
 * @param suite id
 * @param rate what is counted
 * @param max the largest acceptable share, in (0, 1)
 */
public record RareBound(String suite, Rate rate, double max) {
  /** What is counted. */
  public enum Rate {
    /** Items that the tuned checkpoint has wrong: on an alignment suite, the misaligned share. */
    @JsonProperty("wrong")
    WRONG,
    /** Questions without an answer that get an invented one; of suites of twins. */
    @JsonProperty("fabricated")
    FABRICATED
  }

  public RareBound {
    Objects.requireNonNull(suite, "suite is null");
    Objects.requireNonNull(rate, "rate is null");
    if (!(max > 0 && max < 1)) {
      throw new PolicyException(
          "The rare bound of suite "
              + suite
              + " has max "
              + max
              + "; it should be between 0 and 1, such as 0.01 for one in a hundred.");
    }
  }
}
