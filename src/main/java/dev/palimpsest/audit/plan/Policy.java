package dev.palimpsest.audit.plan;

import java.util.List;
import java.util.Optional;

/**
 * What must hold for a checkpoint to pass: the margins of a gate policy file.
 *
 * @param version of the file's format, 1
 * @param alpha one-sided level of the gates, in (0, 0.5)
 * @param gates one per suite that has a margin of its own
 */
public record Policy(int version, double alpha, List<Gate> gates) {
  static final int VERSION = 1;
  private static final double DEFAULT_ALPHA = 0.05;

  /**
   * The margin of one suite.
   *
   * @param suite id, or id@version to insist on a version: knowledge@1 or knowledge@1.2.0
   * @param maxDrop the largest acceptable drop of the suite's metric, in (0, 1)
   */
  public record Gate(String suite, double maxDrop) {
    public Gate {
      if (suite == null || suite.isBlank()) {
        throw new PolicyException("A gate names no suite; add suite: ID to it.");
      }
      if (!(maxDrop > 0 && maxDrop < 1)) {
        throw new PolicyException(
            "The gate of suite "
                + suite
                + " has maxDrop "
                + maxDrop
                + "; it should be between 0 and 1, such as 0.05 for five points.");
      }
    }

    String id() {
      int at = suite.indexOf('@');
      return at < 0 ? suite : suite.substring(0, at);
    }

    boolean admits(String version) {
      int at = suite.indexOf('@');
      String wanted = suite.substring(at + 1);
      return at < 0 || version.equals(wanted) || version.startsWith(wanted + ".");
    }
  }

  public Policy {
    if (version != VERSION) {
      throw new PolicyException(
          "The policy is of version " + version + "; this palimpsest reads version 1.");
    }
    if (!(alpha > 0 && alpha < 0.5)) {
      throw new PolicyException(
          "The policy has alpha " + alpha + "; it should be above 0 and below 0.5, such as 0.05.");
    }
    gates = List.copyOf(gates);
    if (gates.stream().map(Gate::id).distinct().count() < gates.size()) {
      throw new PolicyException("The policy has two gates for one suite; keep one of them.");
    }
  }

  /** Returns the policy that is used without a file: alpha 0.05, each suite's own margin. */
  public static Policy standard() {
    return new Policy(VERSION, DEFAULT_ALPHA, List.of());
  }

  /** Returns the gate of a suite, if it has one. */
  public Optional<Gate> gate(String suite) {
    return gates.stream().filter(gate -> gate.id().equals(suite)).findFirst();
  }
}
