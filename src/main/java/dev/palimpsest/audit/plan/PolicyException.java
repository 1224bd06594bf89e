package dev.palimpsest.audit.plan;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A gate policy that cannot be used: a sentence, or one for each fault of its file, a line each.
 */
public final class PolicyException extends PlanException {
  public PolicyException(String message) {
    super(message);
  }

  public PolicyException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Names every fault of a file, in the order of its lines. */
  PolicyException(List<PolicyFault> faults) {
    super(faults.stream().map(PolicyFault::sentence).collect(Collectors.joining("\n")));
  }
}
