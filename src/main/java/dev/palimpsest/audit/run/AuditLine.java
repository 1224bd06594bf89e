package dev.palimpsest.audit.run;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * An audit as a list shows it; made without reading its plan.
 *
 * @param id of the audit
 * @param title shown to people
 * @param base the base's name
 * @param tuned the tuned checkpoints' names, in plan order
 * @param status how far its job is
 * @param frozenAt when its plan was frozen
 */
public record AuditLine(
    String id,
    String title,
    String base,
    List<String> tuned,
    AuditStatus status,
    Instant frozenAt) {
  public AuditLine {
    Objects.requireNonNull(id, "id is null");
    Objects.requireNonNull(title, "title is null");
    Objects.requireNonNull(base, "base is null");
    tuned = List.copyOf(tuned);
    Objects.requireNonNull(status, "status is null");
    Objects.requireNonNull(frozenAt, "frozenAt is null");
  }
}
