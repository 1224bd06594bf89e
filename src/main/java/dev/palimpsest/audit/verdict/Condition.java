package dev.palimpsest.audit.verdict;

import java.util.Objects;

/**
 * What a release hangs on beside the verdicts of its suites, and what became of it on one tuned
 * arm.
 *
 * @param tuned the tuned arm's name
 * @param suite suite id; "" where it is of no single suite
 * @param name what is asked for, unique within an arm and suite: "severe:know-0001", "tier:easy"
 * @param kind what sort of condition it is
 * @param result what became of it
 * @param sentence the same in words
 */
public record Condition(
    String tuned, String suite, String name, Kind kind, Result result, String sentence) {
  /** Sorts of conditions, in the order in which they are told: the gravest first. */
  public enum Kind {
    /** A severe item is not lost. */
    SEVERE,
    /** A bound on what should hardly ever happen. */
    RARE,
    /** A margin of one tier. */
    TIER,
    /** A gain that is asked for. */
    MIN_GAIN,
    /** Both arms were asked the same, and every item has an outcome. */
    COMPARABLE,
    /** The suite can tell anything on this base. */
    JUDGED
  }

  /** What became of a condition. */
  public enum Result {
    PASS,
    FAIL,
    /** Neither holds with proof nor is broken with proof; keeps the release from passing. */
    NOT_PROVEN,
    /** The base leaves nothing to judge; named, and by default in nobody's way. */
    NOT_JUDGED,
    /** It does not hold, and the policy waives it. */
    WAIVED
  }

  public Condition {
    Objects.requireNonNull(tuned, "tuned is null");
    Objects.requireNonNull(suite, "suite is null");
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(kind, "kind is null");
    Objects.requireNonNull(result, "result is null");
    Objects.requireNonNull(sentence, "sentence is null");
  }

  /** Tells whether it keeps a release from passing, whatever the policy says. */
  public boolean blocks() {
    return result == Result.FAIL || result == Result.NOT_PROVEN;
  }
}
