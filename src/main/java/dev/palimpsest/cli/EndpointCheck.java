package dev.palimpsest.cli;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlanException;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.endpoint.EndpointRunner;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.suite.SuiteLibrary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Opens the servers of a plan before it runs, and refuses what one of them cannot be asked. */
final class EndpointCheck {
  private final ModelLoader loader;
  private final SuiteLibrary library;

  EndpointCheck(ModelLoader loader, SuiteLibrary library) {
    this.loader = loader;
    this.library = library;
  }

  /**
   * Checks every arm that is behind a server.
   *
   * @param say hears what is known of it
   * @throws PlanException if a suite is scored by likelihood and a server does not tell it
   */
  void check(AuditPlan plan, Consumer<String> say) {
    List<String> scored =
        plan.suites().stream().filter(this::isScored).map(PlannedSuite::suite).toList();
    for (Arm arm : plan.arms()) {
      if (arm.endpoint().isPresent() && arm.role() != Arm.Role.PROMPTED) {
        say.accept("Asking what " + arm.endpoint().get().url() + " offers");
        check(plan, arm, scored);
      }
    }
  }

  private void check(AuditPlan plan, Arm arm, List<String> scored) {
    ModelSpec spec =
        new ModelSpec(arm.checkpoint(), plan.dtype(), Map.of(), Optional.empty(), arm.endpoint());
    try (ModelRunner runner = loader.load(spec)) {
      if (!scored.isEmpty() && runner instanceof EndpointRunner server && !server.scores()) {
        throw new PlanException(
            arm.name() + " cannot be asked " + String.join(", ", scored) + ". " + server.whyNot());
      }
    }
  }

  private boolean isScored(PlannedSuite planned) {
    return library.find(planned.suite(), planned.digest()).orElseThrow().items().stream()
        .anyMatch(item -> item.longestAnswer() == 0);
  }
}
