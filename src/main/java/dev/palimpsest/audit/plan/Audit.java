package dev.palimpsest.audit.plan;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A frozen audit.
 *
 * @param id short, unique, safe in a URL
 * @param plan what is run
 * @param planDigest sha256 of the plan's canonical JSON (RFC 8785), lower-case hex
 * @param frozenAt when the plan was frozen
 * @param finishedAt when the last outcome was written
 */
public record Audit(
    String id, AuditPlan plan, String planDigest, Instant frozenAt, Optional<Instant> finishedAt) {
  public Audit {
    Objects.requireNonNull(id, "id is null");
    Objects.requireNonNull(plan, "plan is null");
    Objects.requireNonNull(planDigest, "planDigest is null");
    Objects.requireNonNull(frozenAt, "frozenAt is null");
    Objects.requireNonNull(finishedAt, "finishedAt is null");
  }
}
