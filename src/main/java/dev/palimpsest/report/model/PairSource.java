package dev.palimpsest.report.model;

import dev.palimpsest.audit.SuitePairs;

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
}
