package dev.palimpsest.audit.comparison;

import java.util.Objects;

/**
 * Something besides the checkpoints that the two audits do not share.
 *
 * @param what it is, "Computed in"
 * @param left as the left audit has it
 * @param right as the right one has it
 * @param touchesScores whether scores may differ for this alone; otherwise it changed only which
 *     items were asked, or how they were judged
 */
public record PlanDifference(String what, String left, String right, boolean touchesScores) {
  public PlanDifference {
    Objects.requireNonNull(what, "what is null");
    Objects.requireNonNull(left, "left is null");
    Objects.requireNonNull(right, "right is null");
  }
}
