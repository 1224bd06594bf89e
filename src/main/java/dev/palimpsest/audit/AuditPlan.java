package dev.palimpsest.audit;

import dev.palimpsest.decoder.DType;
import java.util.List;
import java.util.Objects;

/**
 * Arms × suites × gates, frozen and hashed before anything runs (pre-registration).
 *
 * @param name title shown to people
 * @param depth "quick" or "standard"
 * @param base the arm everything is compared with
 * @param tuned the arms under test, at least one
 * @param suites what is run, at least one
 * @param dtype the type the forward passes compute in
 * @param alpha one-sided level of the gates, 0.05 unless told
 * @param seed of item sampling and order
 * @param template through whose chat template the tuned arms are asked
 */
public record AuditPlan(
    String name,
    String depth,
    Arm base,
    List<Arm> tuned,
    List<PlannedSuite> suites,
    DType dtype,
    double alpha,
    long seed,
    TemplateChoice template) {
  public AuditPlan {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(depth, "depth is null");
    Objects.requireNonNull(base, "base is null");
    Objects.requireNonNull(dtype, "dtype is null");
    template = template == null ? TemplateChoice.OWN : template;
    tuned = List.copyOf(tuned);
    suites = List.copyOf(suites);
    if (tuned.isEmpty()) {
      throw new PlanException("An audit needs at least one tuned checkpoint; add one.");
    }
    if (suites.isEmpty()) {
      throw new PlanException("An audit needs at least one suite; choose one.");
    }
  }

  /** Makes a plan in which each checkpoint is asked through its own chat template. */
  public AuditPlan(
      String name,
      String depth,
      Arm base,
      List<Arm> tuned,
      List<PlannedSuite> suites,
      DType dtype,
      double alpha,
      long seed) {
    this(name, depth, base, tuned, suites, dtype, alpha, seed, TemplateChoice.OWN);
  }

  /** Returns the name of the type the forward passes compute in, "float32" or "bfloat16". */
  public String arithmetic() {
    return dtype.label();
  }
}
