package dev.palimpsest.audit.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A policy as an audit is judged by it; frozen with the plan.
 *
 * @param policy as its file says it
 * @param digest of the policy, sha256
 * @param severe items that are asked and of which a lost one fails the release, by suite: those of
 *     the policy and those of suite.json
 * @param mismatches where tuned checkpoints are asked otherwise than the base
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlannedPolicy(
    Policy policy, String digest, Map<String, List<String>> severe, List<Mismatch> mismatches) {
  public PlannedPolicy {
    Objects.requireNonNull(policy, "policy is null");
    Objects.requireNonNull(digest, "digest is null");
    severe = severe == null ? Map.of() : Map.copyOf(new TreeMap<>(severe));
    mismatches = mismatches == null ? List.of() : List.copyOf(mismatches);
  }

  /** Plans a policy on which nothing further hangs. */
  public static PlannedPolicy of(Policy policy) {
    return new PlannedPolicy(policy, policy.digest(), policy.severe(), List.of());
  }

  /** Tells whether anything is said that is not so without a policy. */
  boolean saysSomething() {
    return !policy.equals(Policy.standard()) || !severe.isEmpty() || !mismatches.isEmpty();
  }
}
