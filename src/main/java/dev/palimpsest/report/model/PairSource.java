package dev.palimpsest.report.model;

import dev.palimpsest.audit.SuitePairs;
import dev.palimpsest.audit.review.Review;
import java.util.List;

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
}
