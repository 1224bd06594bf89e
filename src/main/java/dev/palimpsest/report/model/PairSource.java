package dev.palimpsest.report.model;

import dev.palimpsest.audit.SuitePairs;
import dev.palimpsest.audit.amplified.AmplifiedResult;
import dev.palimpsest.audit.judge.JudgedAudit;
import dev.palimpsest.audit.review.Review;
import java.util.List;
import java.util.Optional;

/** Gives the paired outcomes that a report shows and exports. */
@FunctionalInterface
public interface PairSource {
  /**
   * Returns the pairs of one suite and tuned arm, in plan order.
   *
   * @param suite suite id
   * @param tuned the tuned arm's name
   */
  SuitePairs pairs(String suite, String tuned);

  /** Returns what people said of single answers, oldest first. */
  default List<Review> reviews() {
    return List.of();
  }

  /** Returns what a judge said of the free answers, if one has read them. */
  default Optional<JudgedAudit> judged() {
    return Optional.empty();
  }

  /** Returns what amplified sampling found; exploratory. */
  default List<AmplifiedResult> amplified() {
    return List.of();
  }
}
