package dev.palimpsest.web;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.ArmArgument;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.AuditPlanner;
import dev.palimpsest.audit.plan.Candidate;
import dev.palimpsest.audit.plan.ChoicePlan;
import dev.palimpsest.audit.plan.Depth;
import dev.palimpsest.audit.plan.PlanRequest;
import dev.palimpsest.audit.plan.PlannedPolicy;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.plan.PolicyGate;
import dev.palimpsest.audit.plan.Sweep;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.audit.run.Requester;
import dev.palimpsest.checkpoint.CheckpointKind;
import dev.palimpsest.inference.TemplateArgument;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Tries an adapter that was audited at smaller scales: the same suites, margins and seed. */
final class SweepPages {
  private final Reports reports;
  private final AuditPlanner planner;
  private final Audits audits;

  SweepPages(Reports reports, AuditPlanner planner, Audits audits) {
    this.reports = reports;
    this.planner = planner;
    this.audits = audits;
  }

  void routes(RoutesConfig routes) {
    routes.post("/audits/{id}/sweep", this::start, Role.AUDITOR);
  }

  private void start(Context ctx) {
    Audit audit = start(ctx.pathParam("id"), ctx.formParam("tuned"), NewAuditPages.requester(ctx));
    ctx.redirect("/audits/" + audit.id());
  }

  /** Starts an audit of an adapter at smaller scales. */
  Audit start(String auditId, String tuned, Requester requester) {
    AuditPlan plan = reports.audit(auditId).plan();
    return audits.start(planner.plan(request(plan, adapter(plan, tuned)), step -> {}), requester);
  }

  private static Arm adapter(AuditPlan plan, String name) {
    return plan.tuned().stream()
        .filter(arm -> arm.name().equals(name))
        .filter(arm -> arm.adapter().isPresent() && arm.scale().isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                WebException.badRequest(
                    "This audit has no adapter of that name whose scales can be tried; open its"
                        + " report and choose one there."));
  }

  private static PlanRequest request(AuditPlan plan, Arm arm) {
    return new PlanRequest(
        "",
        base(plan.base()),
        Sweep.of(candidate(arm, arm.adapter().orElseThrow(), CheckpointKind.ADAPTER), Sweep.USUAL),
        plan.suites().stream().map(PlannedSuite::suite).toList(),
        plan.decidesEarly() ? Depth.STANDARD : Depth.of(plan.depth()),
        policy(plan),
        plan.dtype(),
        plan.seed(),
        plan.template(),
        arguments(plan.base(), arm),
        plan.thinkingTokens(),
        Optional.of(new ChoicePlan(ChoicePlan.Among.SCALES, ChoicePlan.Rule.HALVES, plan.seed())),
        Optional.empty(),
        Map.of());
  }

  private static Candidate base(Arm base) {
    if (base.adapter().isPresent()) {
      return new Candidate(
          base.name(), base.adapter().get(), Optional.empty(), Optional.of(base.checkpoint()));
    }
    boolean folder = Files.isDirectory(base.checkpoint());
    return candidate(
        base, base.checkpoint(), folder ? CheckpointKind.HUGGING_FACE : CheckpointKind.GGUF);
  }

  /** The job reads the files before it begins, and refuses others than those that were audited. */
  private static Candidate candidate(Arm arm, Path path, CheckpointKind kind) {
    return new Candidate(
        arm.name(), path, Optional.of(new Candidate.Inspected(kind, arm.digest())));
  }

  private static Policy policy(AuditPlan plan) {
    return plan.policy().map(PlannedPolicy::policy).orElseGet(() -> margins(plan));
  }

  private static Policy margins(AuditPlan plan) {
    return new Policy(
        Policy.standard().version(),
        plan.alpha(),
        plan.suites().stream()
            .map(suite -> new PolicyGate(suite.suite(), suite.margin()))
            .toList());
  }

  /**
   * What the templates of both were given; where they differ, each arm of the sweep gets its own.
   */
  private static List<ArmArgument> arguments(Arm base, Arm arm) {
    Stream<ArmArgument> ofBase = of(Optional.of(base.name()), base.templateArguments());
    return Stream.concat(of(Optional.empty(), arm.templateArguments()), ofBase).toList();
  }

  private static Stream<ArmArgument> of(Optional<String> arm, Map<String, Object> arguments) {
    return arguments.entrySet().stream()
        .map(one -> new ArmArgument(arm, new TemplateArgument(one.getKey(), one.getValue())));
  }
}
