package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.AuditPlanner;
import dev.palimpsest.audit.plan.Candidate;
import dev.palimpsest.audit.plan.Depth;
import dev.palimpsest.audit.plan.PlanRequest;
import dev.palimpsest.audit.plan.Policy;
import dev.palimpsest.audit.plan.PolicyGate;
import dev.palimpsest.audit.plan.TemplateChoice;
import dev.palimpsest.audit.plan.TinySuites;
import dev.palimpsest.audit.verdict.Decided;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.audit.verdict.Verdict;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.inference.DType;
import dev.palimpsest.prompt.PromptEncoders;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportData;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audits whose gates may be decided at any item, of the tiny model with scripted answers. */
@Tag("slow")
final class EarlyAuditTest {
  private static final int ITEMS = 600;

  @TempDir private Path folder;

  private final Database database = Database.inMemory();
  private SuiteLibrary library;
  private AuditService audits;

  @BeforeEach
  void write() {
    library = new TinySuites(folder.resolve("suites")).library(ITEMS);
  }

  @AfterEach
  void close() {
    if (audits != null) {
      audits.close();
    }
    database.close();
  }

  @Test
  void aTuneThatChangedNothingIsCertifiedAfterAFewBlocks() throws Exception {
    ScriptedLoader loader = open(EarlyAuditTest::isNoFifth, EarlyAuditTest::isNoFifth);
    Audit audit = end(plan(0.05, Optional.empty(), 1));
    Finding finding = audits.result(audit.id()).findings().get(0);
    Decided decided = finding.decided().orElseThrow();
    assertThat(finding.verdict()).isEqualTo(Verdict.CERTIFIED);
    assertThat(decided.why()).isEqualTo(Decided.Why.CERTIFIED);
    assertThat(decided.items()).isBetween(59, 110);
    assertThat(decided.of()).isEqualTo(ITEMS);
    assertThat(decided.eValue()).isGreaterThanOrEqualTo(20);
    assertThat(loader.asked.get()).isLessThanOrEqualTo(128);
    assertThat(loader.baseAsked.get()).isLessThanOrEqualTo(128);
    assertThat(finding.ciLow()).isGreaterThan(-0.05);
    assertThat(finding.sentence())
        .contains("weighted estimate, confidence sequence")
        .contains("any drop is proven smaller than the margin of 5.0 points after")
        .endsWith("CERTIFIED.");
    assertThat(audits.result(audit.id()).verdict()).isEqualTo(ReleaseVerdict.PASS);

    ReportData.Capability told = Report.build(audits, audit.id()).data().capabilities().get(0);
    assertThat(told.interval().kind()).isEqualTo("confidence-sequence");
    assertThat(told.decided().by()).isEqualTo("e-process");
    assertThat(told.decided().why()).isEqualTo("certified");
    assertThat(told.decided().estimate()).isEqualTo("weighted");
  }

  @Test
  void aHarmfulTuneFailsWithinABlock() throws Exception {
    ScriptedLoader loader = open(EarlyAuditTest::isNoFifth, number -> number % 5 == 1);
    Audit audit = end(plan(0.05, Optional.empty(), 1));
    Finding finding = audits.result(audit.id()).findings().get(0);
    assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(finding.decided().orElseThrow().why()).isEqualTo(Decided.Why.HARM);
    assertThat(loader.asked.get()).isEqualTo(32);
    assertThat(finding.ciHigh()).isLessThan(-0.05);
    assertThat(audits.result(audit.id()).verdict()).isEqualTo(ReleaseVerdict.FAIL);
  }

  @Test
  void whereOnlyDoubtfulAnswersFlipTheOthersAreAskedLess() throws Exception {
    // Of the items whose margin is small a third is lost and a third gained.
    IntPredicate flips = n -> n % 6 == 0 && n % 18 != 0;
    open(n -> n % 12 != 0, n -> flips.test(n) != (n % 12 != 0));
    // No margin so small can be certified: it asks everything, and the base's answers are kept.
    Audit first = end(plan(0.001, Optional.empty(), 1));
    assertThat(audits.result(first.id()).provenance())
        .containsEntry("base answers of facts", "computed");
    Audit audit = end(plan(0.04, Optional.empty(), 1));
    Decided decided = audits.result(audit.id()).findings().get(0).decided().orElseThrow();
    assertThat(decided.why()).isEqualTo(Decided.Why.CERTIFIED);
    assertThat(audits.result(audit.id()).provenance())
        .containsEntry("base answers of facts", "kept");
    assertThat(decided.guided()).isPositive();
    assertThat(decided.seen()).isGreaterThan(decided.items());
  }

  @Test
  void aSuiteThatIsSpentIsNotDecidedByAnythingElse() throws Exception {
    library = new TinySuites(folder.resolve("small")).library(40);
    open(EarlyAuditTest::isNoFifth, EarlyAuditTest::isNoFifth);
    Audit audit = end(plan(0.05, Optional.empty(), 1));
    Finding finding = audits.result(audit.id()).findings().get(0);
    assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(finding.decided().orElseThrow().why()).isEqualTo(Decided.Why.POOL);
    assertThat(finding.sentence())
        .contains("all 40 independent items of the suite are spent and do not decide")
        .contains("points is not excluded");
  }

  @Test
  void aRunThatIsStoppedAgainAndAgainComesToTheSameDecision() throws Exception {
    IntPredicate tuned = n -> n % 10 == 3 ? n % 20 != 3 : isNoFifth(n) || n % 40 == 15;
    open(EarlyAuditTest::isNoFifth, tuned);
    AuditPlan plan = plan(0.05, Optional.empty(), 7);
    Audit whole = end(plan);
    Finding undisturbed = audits.result(whole.id()).findings().get(0);

    Audit broken = audits.start(plan(0.05, Optional.empty(), 7));
    int stops = 0;
    while (audits.status(broken.id()).state() != AuditState.FINISHED && stops < 50) {
      audits.close();
      stops++;
      open(EarlyAuditTest::isNoFifth, tuned);
      int done = audits.status(broken.id()).done();
      TinyAudit.await(
          audits,
          broken.id(),
          status -> status.done() > done || status.state() == AuditState.FINISHED);
    }
    TinyAudit.awaitEnd(audits, broken.id());
    Finding resumed = audits.result(broken.id()).findings().get(0);
    assertThat(resumed).isEqualTo(undisturbed);
  }

  @Test
  void lookingOnShowsHowNearAGateIs() throws Exception {
    open(EarlyAuditTest::isNoFifth, EarlyAuditTest::isNoFifth);
    Audit audit = end(plan(0.05, Optional.empty(), 1));
    List<GateStanding> standings = audits.standings(audit.id());
    assertThat(standings).hasSize(1);
    assertThat(standings.get(0).decided().nearness()).isEqualTo(1);
    assertThat(standings.get(0).decided().nearnessToHarm()).isLessThan(0.5);
  }

  private ScriptedLoader open(IntPredicate base, IntPredicate tuned) {
    ScriptedLoader loader = new ScriptedLoader(LocalRunner::open, base, tuned);
    audits = AuditService.open(database, library, loader);
    return loader;
  }

  private Audit end(AuditPlan plan) throws Exception {
    Audit audit = audits.start(plan);
    AuditStatus status = TinyAudit.awaitEnd(audits, audit.id());
    assertThat(status.message()).isEmpty();
    return audit;
  }

  private AuditPlan plan(double margin, Optional<Integer> budget, long seed) {
    return new AuditPlanner(library, PromptEncoders::open)
        .plan(
            new PlanRequest(
                "early",
                Candidate.of(TinyAudit.BASE),
                List.of(Candidate.of(TinyAudit.ADAPTER)),
                List.of("facts"),
                Depth.CERTIFY,
                new Policy(1, 0.05, List.of(new PolicyGate("facts", margin))),
                DType.FLOAT32,
                seed,
                TemplateChoice.OWN,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                budget,
                Map.of()),
            step -> {});
  }

  private static boolean isNoFifth(int number) {
    return number % 5 != 0;
  }
}
