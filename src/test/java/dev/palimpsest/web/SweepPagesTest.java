package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.AuditPlanner;
import dev.palimpsest.audit.plan.Candidate;
import dev.palimpsest.audit.plan.ChoicePlan;
import dev.palimpsest.audit.plan.Depth;
import dev.palimpsest.audit.plan.PlanRequest;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.plan.PolicyGate;
import dev.palimpsest.audit.run.AuditState;
import dev.palimpsest.audit.run.TinyAudit;
import dev.palimpsest.inference.DType;
import dev.palimpsest.prompt.PromptEncoders;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The button of a report that tries an adapter at smaller scales. */
@Tag("slow")
final class SweepPagesTest {
  @TempDir private Path data;
  private TestApp app;

  @BeforeEach
  void start() {
    app = TestApp.start(data);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void aReportOffersSmallerScalesOfItsAdapters() {
    String report =
        app.get("/audits/" + new SampleReport(app.suites, app.audits).finished() + "/report")
            .body();

    assertThat(report)
        .contains("Why, and what to do next", "Broad loss: ")
        .contains("Try smaller scales")
        .containsPattern("name=\"tuned\" value=\"sql-forget\"");
  }

  @Test
  void theSameSuitesMarginsAndSeedAreAskedAtFourScalesOneOfWhichIsChosen() {
    AuditPlan plan = plan();
    String id = app.audits.start(plan).id();
    app.audits.move(id, AuditState.FINISHED, 1, 1, "");

    AuditPlan sweep = sweep(id, "plain");

    assertThat(sweep.tuned())
        .extracting(Arm::name, Arm::scale)
        .containsExactly(
            tuple("plain@0.25", Optional.of(0.25)),
            tuple("plain@0.5", Optional.of(0.5)),
            tuple("plain@0.75", Optional.of(0.75)),
            tuple("plain", Optional.of(1.0)));
    assertThat(sweep.suites()).isEqualTo(plan.suites());
    assertThat(sweep.seed()).isEqualTo(plan.seed());
    assertThat(sweep.choice())
        .contains(new ChoicePlan(ChoicePlan.Among.SCALES, ChoicePlan.Rule.HALVES, plan.seed()));
  }

  @Test
  void whatIsNoAdapterOfTheAuditIsRefused() {
    String id = app.audits.start(plan()).id();
    app.audits.move(id, AuditState.FINISHED, 1, 1, "");

    HttpResponse<String> answer =
        app.post("/suites/new", "/audits/" + id + "/sweep", Map.of("tuned", "another"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("no adapter of that name");
  }

  private AuditPlan sweep(String id, String tuned) {
    HttpResponse<String> answer =
        app.post("/suites/new", "/audits/" + id + "/sweep", Map.of("tuned", tuned));
    String location = answer.headers().firstValue("Location").orElseThrow();
    return app.audits.find(location.replaceAll(".*/", "")).orElseThrow().plan();
  }

  /** Knowledge at a margin of its own. */
  private AuditPlan plan() {
    return new AuditPlanner(app.suites, PromptEncoders::open)
        .plan(
            new PlanRequest(
                "",
                Candidate.of(TinyAudit.BASE),
                List.of(Candidate.of(TinyAudit.ADAPTER)),
                List.of("knowledge"),
                Depth.QUICK,
                new Policy(1, 0.1, List.of(new PolicyGate("knowledge", 0.08))),
                DType.FLOAT32,
                11),
            step -> {});
  }
}
