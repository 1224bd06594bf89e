package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.AuditPlanner;
import dev.palimpsest.audit.plan.Candidate;
import dev.palimpsest.audit.plan.Depth;
import dev.palimpsest.audit.plan.PlanRequest;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.plan.PolicyGate;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.inference.DType;
import dev.palimpsest.prompt.PromptEncoders;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.page.HtmlReport;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.own.OwnDraft;
import dev.palimpsest.suite.own.OwnHead;
import dev.palimpsest.suite.own.OwnKind;
import dev.palimpsest.suite.own.OwnSuites;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A suite that somebody pasted, asked of the tiny fixture model and its adapter. */
@Tag("slow")
final class OwnSuiteAuditTest {
  private static final String TABLE =
      """
      question,a,b,answer,tier
      Which one floats?,a stone,a boat,b,easy
      Which one is salty?,the sea,a well,a,easy
      Which one is deeper?,a pond,the ocean,b,hard
      """;

  private static Suite suite(String version, String table) {
    OwnHead head =
        new OwnHead(
            "sea", version, "Sea", "sea lore", OwnKind.CHOICE, "5", true, "", "", "", "", "", "");
    return OwnDraft.of(head, "sea.csv", table).suite().orElseThrow();
  }

  private static AuditPlan plan(SuiteLibrary library) {
    return new AuditPlanner(library, PromptEncoders::open)
        .plan(
            new PlanRequest(
                "own",
                Candidate.of(TinyAudit.BASE),
                List.of(Candidate.of(TinyAudit.ADAPTER)),
                List.of("sea"),
                Depth.STANDARD,
                new Policy(1, 0.05, List.of(new PolicyGate("sea", 0.05))),
                DType.FLOAT32,
                1),
            step -> {});
  }

  @Test
  void anAuditAsksTheVersionItWasFrozenWithAfterANewerOneCame() throws Exception {
    try (Database database = Database.inMemory()) {
      OwnSuites own = new OwnSuites(database, Clock.systemUTC());
      SuiteLibrary library = SuiteLibrary.bundled().with(own);
      try (AuditService audits = AuditService.open(database, library, LocalRunner::open)) {
        own.put(suite("1.0.0", TABLE));
        AuditPlan plan = plan(library);
        own.put(suite("1.0.1", TABLE.replace("Which one floats?", "Which one swims?")));
        assertThat(library.suite("sea").version()).isEqualTo("1.0.1");

        Audit audit = audits.start(plan);
        AuditStatus status = TinyAudit.awaitEnd(audits, audit.id());
        assertThat(status.message()).isEmpty();
        assertThat(status.state()).isEqualTo(AuditState.FINISHED);
        assertThat(audits.pairs(audit.id(), "sea", "plain"))
            .extracting(pair -> pair.base().prompt())
            .anyMatch(prompt -> prompt.contains("Which one floats?"))
            .noneMatch(prompt -> prompt.contains("Which one swims?"));
        assertMarkedAsSkill(Report.build(audits, audit.id()));
      }
    }
  }

  private static void assertMarkedAsSkill(Report report) throws Exception {
    JsonNode json = Json.mapper().readTree(report.json());
    assertThat(json.at("/suites/0/version").textValue()).isEqualTo("1.0.0");
    assertThat(json.at("/capabilities/0/capability").textValue()).isEqualTo("sea_lore");
    assertThat(json.at("/capabilities/0/skill").booleanValue()).isTrue();
    assertThat(HtmlReport.html(report)).contains("the skill it was tuned for");
  }

  @Test
  void plansOfSuitesWithoutTheMarkAreHashedAsBefore() {
    PlannedSuite planned =
        new AuditPlanner(SuiteLibrary.bundled(), PromptEncoders::open)
            .suites(List.of("knowledge"), Depth.QUICK, Policy.standard(), 1)
            .get(0);
    assertThat(Json.mapper().valueToTree(planned).has("skill")).isFalse();
    assertThat(planned.skill()).isFalse();
  }
}
