package dev.palimpsest.audit.verdict;

import java.util.Objects;

/**
 * What rounding alone changes: the base against itself in other batches, on one suite.
 *
 * @param suite id
 * @param capability what it probes
 * @param n items with a score both times
 * @param lost right the first time and wrong the second
 * @param gained wrong the first time and right the second
 */
public record NoiseFloor(String suite, String capability, int n, int lost, int gained) {
  public NoiseFloor {
    Objects.requireNonNull(suite, "suite is null");
    Objects.requireNonNull(capability, "capability is null");
  }
}
