package dev.palimpsest.audit;

import java.util.List;
import java.util.Objects;

/**
 * One suite as an audit runs it; frozen with the plan.
 *
 * @param suite id
 * @param version the suite's version
 * @param digest sha256 of the suite's content
 * @param capability what it probes
 * @param metric "accuracy", "pass_rate" or "aligned_rate"
 * @param itemIds the items that are run, in the order they are run
 * @param margin the largest acceptable drop δ, in (0, 1)
 */
public record PlannedSuite(
    String suite,
    String version,
    String digest,
    String capability,
    String metric,
    List<String> itemIds,
    double margin) {
  public PlannedSuite {
    Objects.requireNonNull(suite, "suite is null");
    Objects.requireNonNull(version, "version is null");
    Objects.requireNonNull(digest, "digest is null");
    Objects.requireNonNull(capability, "capability is null");
    Objects.requireNonNull(metric, "metric is null");
    itemIds = List.copyOf(itemIds);
    if (!(margin > 0 && margin < 1)) {
      throw new AuditException(
          "The margin of suite " + suite + " is " + margin + "; it should be between 0 and 1.");
    }
  }
}
