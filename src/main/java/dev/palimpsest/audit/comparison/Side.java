package dev.palimpsest.audit.comparison;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.Audit;
import java.util.Map;
import java.util.Objects;

/**
 * One of the two checkpoints that are compared.
 *
 * @param audit that asked it
 * @param arm the checkpoint, tuned or the base
 * @param base the arm of the same audit that it is seen against; the arm itself where it is a base
 * @param facts named facts about how the audit ran
 */
public record Side(Audit audit, Arm arm, Arm base, Map<String, String> facts) {
  public Side {
    Objects.requireNonNull(audit, "audit is null");
    Objects.requireNonNull(arm, "arm is null");
    Objects.requireNonNull(base, "base is null");
    facts = Map.copyOf(facts);
  }

  /** Tells whether there is a base to see it against. */
  public boolean hasBase() {
    return !arm.name().equals(base.name());
  }
}
