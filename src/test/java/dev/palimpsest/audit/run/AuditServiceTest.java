package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.plan.TinySuites;
import dev.palimpsest.audit.verdict.AuditResult;
import dev.palimpsest.audit.verdict.Cells;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.audit.verdict.NoiseFloor;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.inference.DType;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.Evidence;
import dev.palimpsest.suite.SuiteLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole audits of the tiny fixture model, run in this process. */
@Tag("slow")
final class AuditServiceTest {
  private static final int ITEMS = 24;

  /** Six decimals of the reference, and what float32 sums leave of them. */
  private static final Offset<Double> EXACT = within(2e-5);

  @TempDir Path folder;

  private final CountingLoader loader = new CountingLoader(LocalRunner::open);
  private Database database;
  private TinySuites suites;
  private SuiteLibrary library;
  private AuditService audits;

  @BeforeEach
  void open() {
    database = Database.inMemory();
    suites = new TinySuites(folder.resolve("suites"));
    library = suites.library(ITEMS);
    audits = AuditService.open(database, library, loader);
  }

  @AfterEach
  void close() {
    audits.close();
    database.close();
  }

  @Test
  void everyItemOfEveryArmGetsAnOutcome() throws Exception {
    Audit audit = audits.start(TinyAudit.plan(library, "whole", 1, TinyAudit.ADAPTER));
    AuditStatus status = TinyAudit.awaitEnd(audits, audit.id());
    assertThat(status.message()).isEmpty();
    assertThat(status.state()).isEqualTo(AuditState.FINISHED);
    assertThat(status.done()).isEqualTo(status.total()).isEqualTo(2 * 4 * ITEMS + ITEMS);

    AuditResult result = audits.result(audit.id());
    assertThat(result.findings())
        .extracting(Finding::suite)
        .containsExactly("deeds", "facts", "values");
    assertThat(result.findings()).allMatch(finding -> finding.n() == ITEMS);
    assertThat(result.verdict()).isNotEqualTo(ReleaseVerdict.INCOMPLETE);
    assertThat(result.provenance())
        .containsEntry("dtype", "float32")
        .containsEntry("family", "llama")
        .containsKeys("engine", "device", "tokenizer of llama", "digest of plain", "finished");
    assertThat(loader.loads).hasValue(1);
  }

  @Test
  void inBfloat16TheBaseRunsAgainAndWhatItChangesIsTheNoiseFloor() throws Exception {
    AuditPlan exact = TinyAudit.plan(library, "noise", 1, TinyAudit.ADAPTER);
    AuditPlan plan =
        new AuditPlan(
            exact.name(),
            exact.depth(),
            exact.base(),
            exact.tuned(),
            exact.suites(),
            DType.BFLOAT16,
            exact.alpha(),
            exact.seed());
    Audit audit = audits.start(plan);
    AuditStatus status = TinyAudit.awaitEnd(audits, audit.id());
    assertThat(status.done()).isEqualTo(status.total()).isEqualTo(3 * 3 * ITEMS);
    assertThat(loader.baseRequests.get()).isEqualTo(2 * loader.adapterRequests.get());

    AuditResult result = audits.result(audit.id());
    assertThat(result.findings()).extracting(Finding::tuned).containsOnly("plain");
    assertThat(result.noise())
        .extracting(NoiseFloor::suite)
        .containsExactly("deeds", "facts", "values");
    assertThat(result.noise()).allMatch(floor -> floor.n() == ITEMS);
    assertThat(audits.pairs(audit.id(), "facts", "llama again")).hasSize(ITEMS);
  }

  /** One adapter is loaded once for all its scales, and at scale 1 it is what it is without one. */
  @Test
  void anAdapterIsAuditedAtSeveralScales() throws Exception {
    Audit plain = audits.start(TinyAudit.plan(library, "plain", 3, TinyAudit.ADAPTER));
    TinyAudit.awaitEnd(audits, plain.id());
    AuditPlan sweep = TinyAudit.sweep(library, 3, 0.5, 1.0);
    Audit audit = audits.start(sweep);
    assertThat(TinyAudit.awaitEnd(audits, audit.id()).state()).isEqualTo(AuditState.FINISHED);

    assertThat(sweep.tuned()).extracting(Arm::name).containsExactly("plain@0.5", "plain");
    assertThat(audits.pairs(audit.id(), "facts", "plain"))
        .isEqualTo(audits.pairs(plain.id(), "facts", "plain"));
    assertThat(audits.pairs(audit.id(), "facts", "plain@0.5"))
        .noneMatch(
            pair ->
                pair.base()
                    .details()
                    .get("logprob_0")
                    .equals(pair.tuned().details().get("logprob_0")));
    assertThat(audits.pairs(audit.id(), "facts", "plain@0.5"))
        .extracting(pair -> pair.tuned().details().get("logprob_0"))
        .doesNotContainAnyElementsOf(
            audits.pairs(audit.id(), "facts", "plain").stream()
                .map(pair -> pair.tuned().details().get("logprob_0"))
                .toList());
    Report report = Report.build(audits, audit.id());
    assertThat(report.data().tuned()).extracting(one -> one.scale()).containsExactly(0.5, 1.0);
    assertThat(report.data().choice().among()).isEqualTo("scales");
    assertThat(report.data().choice().entrants()).hasSize(2);
  }

  @Test
  void theAdapterChangesNumbersAndPairsKeepThePlansOrder() throws Exception {
    AuditPlan plan = TinyAudit.plan(library, "order", 3, TinyAudit.ADAPTER);
    Audit audit = audits.start(plan);
    TinyAudit.awaitEnd(audits, audit.id());
    List<PairedOutcome> pairs = audits.pairs(audit.id(), "facts", "plain");
    assertThat(pairs)
        .extracting(pair -> pair.base().itemId())
        .isEqualTo(plan.suites().get(1).itemIds());
    assertThat(pairs)
        .allMatch(
            pair ->
                !pair.base()
                    .details()
                    .get("logprob_0")
                    .equals(pair.tuned().details().get("logprob_0")));
  }

  @Test
  void aBaseIsRunOnceForAllAudits() throws Exception {
    Audit first = audits.start(TinyAudit.plan(library, "first", 1, TinyAudit.ADAPTER));
    TinyAudit.awaitEnd(audits, first.id());
    int computed = loader.baseRequests.get();
    Audit second = audits.start(TinyAudit.plan(library, "second", 2, TinyAudit.ADAPTER));
    TinyAudit.awaitEnd(audits, second.id());
    assertThat(computed).isPositive();
    assertThat(loader.baseRequests).hasValue(computed);
    assertThat(loader.adapterRequests)
        .as("the base alone answers in another order of the choices")
        .hasValue(computed - ITEMS);
    assertThat(TinyAudit.pairs(audits, second.id()))
        .containsExactlyInAnyOrderEntriesOf(TinyAudit.pairs(audits, first.id()));
  }

  @Test
  void anItemThatDoesNotFitIsTruncatedAndTheOthersAreScored() throws Exception {
    String tooLong =
        """
        {"id":"deeds-long","kind":"instruction","tier":"hard","topic":"things",\
        "prompt":"%s","checks":[{"check":"word_count","atMost":9}],"maxTokens":8}\
        """
            .formatted("river stone cloud lamp ".repeat(200));
    reopen(suites.with("deeds", tooLong));
    Audit audit = audits.start(TinyAudit.plan(library, "long", 1, TinyAudit.ADAPTER));
    assertThat(TinyAudit.awaitEnd(audits, audit.id()).state()).isEqualTo(AuditState.FINISHED);

    PairedOutcome pair = TinyAudit.pairs(audits, audit.id()).get("plain deeds-long");
    assertThat(pair.base().state()).isEqualTo(Outcome.State.TRUNCATED);
    assertThat(pair.base().explanation()).contains("but the model takes 512.");
    assertThat(pair.change()).isEqualTo(PairedOutcome.Change.NOT_COMPARABLE);
    Finding deeds = audits.result(audit.id()).findings().get(0);
    assertThat(deeds.n()).isEqualTo(ITEMS);
    assertThat(deeds.notComparable()).isEqualTo(1);
  }

  @Test
  void aCancelledAuditKeepsWhatRanAndCanBeResumed() throws Exception {
    Audit audit = audits.start(TinyAudit.plan(library, "cancelled", 1, TinyAudit.ADAPTER));
    TinyAudit.await(audits, audit.id(), status -> status.done() > 0);
    audits.cancel(audit.id());
    assertThat(audits.status(audit.id()).state()).isEqualTo(AuditState.CANCELLED);
    assertThat(audits.result(audit.id()).verdict()).isEqualTo(ReleaseVerdict.INCOMPLETE);

    audits.resume(audit.id());
    AuditStatus end = TinyAudit.awaitEnd(audits, audit.id());
    assertThat(end.state()).isEqualTo(AuditState.FINISHED);
    assertThat(end.done()).isEqualTo(end.total());
  }

  @Test
  void aSuiteThatChangedSinceThePlanWasFrozenStopsTheAudit() throws Exception {
    AuditPlan plan = TinyAudit.plan(library, "changed", 1, TinyAudit.ADAPTER);
    reopen(new TinySuites(folder.resolve("suites")).library(ITEMS - 1));
    Audit audit = audits.start(plan);
    AuditStatus end = TinyAudit.awaitEnd(audits, audit.id());
    assertThat(end.state()).isEqualTo(AuditState.FAILED);
    assertThat(end.message()).contains("has changed since the audit was frozen");
  }

  @Test
  void listenersHearEveryStepInOrder() throws Exception {
    List<AuditStatus> heard = new ArrayList<>();
    Audit audit = audits.start(TinyAudit.plan(library, "heard", 1, TinyAudit.ADAPTER));
    Audits.Subscription following = audits.follow(audit.id(), heard::add);
    TinyAudit.awaitEnd(audits, audit.id());
    following.close();
    assertThat(heard).extracting(AuditStatus::done).isSorted();
    assertThat(heard)
        .extracting(AuditStatus::step)
        .contains("Running facts on llama", "Running values on plain", "Finished");
  }

  @Test
  void whatATuneLostIsAskedAgainAfterExamplesAndChoicesAreAlsoAnsweredInWriting() throws Exception {
    suites = new TinySuites(folder.resolve("many"));
    suites.library(80);
    reopen(suites.withShots("facts", 5));
    AuditPlan plan =
        TinyAudit.plan(
            library, "asked again", 1, TinyAudit.ADAPTER.resolveSibling("modules_to_save_lm_head"));
    assertThat(plan.variants())
        .extracting(PlannedSuite::suite)
        .containsExactly("facts:written", "facts:reordered", "facts:few-shot");
    Audit audit = audits.start(plan);
    assertThat(TinyAudit.awaitEnd(audits, audit.id()).state()).isEqualTo(AuditState.FINISHED);

    List<String> lost =
        audits.pairs(audit.id(), "facts", "modules_to_save_lm_head").stream()
            .filter(pair -> pair.change() == PairedOutcome.Change.LOST)
            .map(pair -> pair.base().itemId())
            .toList();
    assertThat(lost).isNotEmpty();
    assertThat(audits.scores(audit.id(), "facts:few-shot", "modules_to_save_lm_head").keySet())
        .containsExactlyInAnyOrderElementsOf(lost);
    assertThat(audits.scores(audit.id(), "facts:few-shot", "llama")).isEmpty();
    assertThat(audits.pairs(audit.id(), "facts:written", "modules_to_save_lm_head")).hasSize(80);
    assertThat(audits.result(audit.id()).findings())
        .extracting(Finding::suite)
        .containsExactly("deeds", "facts", "values");
    Cells cells = audits.result(audit.id()).cells().get(0);
    assertThat(cells.elicitationLoss() + cells.knowledgeLoss()).isEqualTo(lost.size());
    assertThat(cells.unexplained()).isZero();
  }

  /**
   * Golden: transformers 4 and PEFT in float32 on the same fixture, −log P of all tokens after BOS
   * by their number.
   */
  @Test
  void plainTextsAreReadWholeAndLeadToNoFinding() throws Exception {
    reopen(
        suites.withTexts(
            List.of(
                "The river ran past the stone and under the cloud, and nobody in the harbour heard"
                    + " it.",
                "Ein Licht, eine Leiter, ein Garten: mehr war nicht zu sehen.",
                "# keeps the last value\nreturn value if value else default")));
    AuditPlan plan = TinyAudit.plan(library, "texts", 1, TinyAudit.ADAPTER);
    Audit audit = audits.start(plan);
    AuditStatus end = TinyAudit.awaitEnd(audits, audit.id());
    assertThat(end.state()).isEqualTo(AuditState.FINISHED);
    assertThat(end.done()).isEqualTo(end.total()).isEqualTo(2 * (4 * ITEMS + 3) + ITEMS);

    Map<String, Evidence.Passage> base = new TreeMap<>();
    Map<String, Evidence.Passage> tuned = new TreeMap<>();
    for (PairedOutcome pair : audits.pairs(audit.id(), "texts", "plain")) {
      base.put(pair.base().itemId(), (Evidence.Passage) pair.base().evidence());
      tuned.put(pair.base().itemId(), (Evidence.Passage) pair.tuned().evidence());
      assertThat(pair.base().prompt()).isEmpty();
    }
    assertThat(base.values()).extracting(Evidence.Passage::tokens).containsExactly(49, 41, 43);
    assertThat(losses(base)).containsExactly(new double[] {9.085754, 9.655275, 8.991210}, EXACT);
    assertThat(losses(tuned)).containsExactly(new double[] {8.576248, 8.241195, 8.497368}, EXACT);
    assertThat(base.get("texts-1").bitsPerByte()).isCloseTo(9.518572, EXACT);
    assertThat(audits.result(audit.id()).findings())
        .extracting(Finding::suite)
        .containsExactly("deeds", "facts", "values");
  }

  private static double[] losses(Map<String, Evidence.Passage> passages) {
    return passages.values().stream().mapToDouble(Evidence.Passage::loss).toArray();
  }

  @Test
  void anUnknownAuditIsNamed() {
    assertThatThrownBy(() -> audits.status("nosuch"))
        .isInstanceOf(AuditException.class)
        .hasMessage("There is no audit nosuch; the list shows those there are.");
  }

  /** The base under another name, so that its outcomes are paired with themselves. */
  @Test
  void theBaseAgainstItselfShowsNoChangeInAnyOrderOfItems() throws Exception {
    Map<String, Double> reference = null;
    for (long seed = 0; seed < 20; seed++) {
      try (Database fresh = Database.inMemory();
          AuditService service = AuditService.open(fresh, library, LocalRunner::open)) {
        Audit audit = service.start(TinyAudit.plan(library, "self", seed, TinyAudit.BASE));
        TinyAudit.awaitEnd(service, audit.id());
        assertThat(service.result(audit.id()).findings())
            .hasSize(3)
            .allMatch(finding -> finding.lost() == 0 && finding.gained() == 0)
            .noneMatch(finding -> finding.verdict().provesDrop());
        Map<String, Double> scores = new TreeMap<>();
        TinyAudit.pairs(service, audit.id())
            .forEach((item, pair) -> scores.put(item, pair.base().score()));
        reference = reference == null ? scores : reference;
        assertThat(scores).isEqualTo(reference);
      }
    }
  }

  private void reopen(SuiteLibrary changed) {
    audits.close();
    library = changed;
    audits = AuditService.open(database, library, loader);
  }
}
