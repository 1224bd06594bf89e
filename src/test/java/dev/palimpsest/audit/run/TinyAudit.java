package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.AuditPlanner;
import dev.palimpsest.audit.plan.Candidate;
import dev.palimpsest.audit.plan.ChoicePlan;
import dev.palimpsest.audit.plan.Depth;
import dev.palimpsest.audit.plan.PlanRequest;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.plan.Sweep;
import dev.palimpsest.audit.plan.TemplateChoice;
import dev.palimpsest.inference.DType;
import dev.palimpsest.prompt.PromptEncoders;
import dev.palimpsest.suite.SuiteLibrary;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Audits of the tiny fixture model: small enough to run whole in a test. */
public final class TinyAudit {
  public static final Path BASE = fixture("llama");
  public static final Path ADAPTER = fixture("adapters/plain");

  private static final long PATIENCE_SECONDS = 180;

  private TinyAudit() {}

  public static AuditPlan plan(SuiteLibrary library, String name, long seed, Path... tuned) {
    return planOver(BASE, library, name, seed, tuned);
  }

  /** Plans an audit over another base. */
  public static AuditPlan planOver(
      Path base, SuiteLibrary library, String name, long seed, Path... tuned) {
    return new AuditPlanner(library, PromptEncoders::open)
        .plan(
            new PlanRequest(
                name,
                Candidate.of(base),
                List.of(tuned).stream().map(Candidate::of).toList(),
                List.of(),
                Depth.STANDARD,
                Policy.standard(),
                DType.FLOAT32,
                seed),
            step -> {});
  }

  /** Plans the adapter at some scales, one of which is chosen. */
  static AuditPlan sweep(SuiteLibrary library, long seed, Double... scales) {
    return new AuditPlanner(library, PromptEncoders::open)
        .plan(
            new PlanRequest(
                "sweep",
                Candidate.of(BASE),
                Sweep.of(Candidate.of(ADAPTER), List.of(scales)),
                List.of(),
                Depth.STANDARD,
                Policy.standard(),
                DType.FLOAT32,
                seed,
                TemplateChoice.OWN,
                List.of(),
                Optional.empty(),
                Optional.of(new ChoicePlan(ChoicePlan.Among.SCALES, ChoicePlan.Rule.HALVES, seed)),
                Optional.empty(),
                Map.of()),
            step -> {});
  }

  /** Waits until the job ends and returns its last status. */
  public static AuditStatus awaitEnd(Audits audits, String id) throws InterruptedException {
    return await(
        audits,
        id,
        status -> status.state() != AuditState.QUEUED && status.state() != AuditState.RUNNING);
  }

  static AuditStatus await(Audits audits, String id, Predicate<AuditStatus> wanted)
      throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    Audits.Subscription following =
        audits.follow(
            id,
            status -> {
              if (wanted.test(status)) {
                reached.countDown();
              }
            });
    try {
      if (!reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("still " + audits.status(id));
      }
      return audits.status(id);
    } finally {
      following.close();
    }
  }

  /** Returns every paired outcome by suite, tuned arm and item. */
  static Map<String, PairedOutcome> pairs(Audits audits, String id) {
    AuditPlan plan = audits.find(id).orElseThrow().plan();
    Map<String, PairedOutcome> all = new LinkedHashMap<>();
    for (PlannedSuite suite : plan.suites()) {
      for (Arm arm : plan.tuned()) {
        audits
            .pairs(id, suite.suite(), arm.name())
            .forEach(pair -> all.put(arm.name() + " " + pair.base().itemId(), pair));
      }
    }
    return all;
  }

  private static Path fixture(String name) {
    try {
      return Path.of(TinyAudit.class.getResource("/checkpoint/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
