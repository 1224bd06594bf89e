package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.TinySuites;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.decoder.local.ModelPair;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.PairRunner;
import dev.palimpsest.inference.PairSpec;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.RunnerOptions;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportData;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.Evidence;
import dev.palimpsest.suite.SuiteLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far tuned arms moved on plain text: with the tiny model, over its weights and beside it. */
@Tag("slow")
final class PassageDivergenceTest {
  private static final List<String> TEXTS =
      List.of(
          "The river ran past the stone and under the cloud, and nobody heard it.",
          "Ein Licht, eine Leiter, ein Garten: mehr war nicht zu sehen.",
          "# keeps the last value");

  @TempDir Path folder;

  private final CountingLoader loader = new CountingLoader(LocalRunner::open);
  private final Database database = Database.inMemory();
  private SuiteLibrary library;

  @BeforeEach
  void prepare() {
    TinySuites suites = new TinySuites(folder.resolve("suites"));
    suites.library(4);
    library = suites.withTexts(TEXTS);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anAdapterIsComparedOverTheLoadedWeightsAsAPairOfModelsIs() throws Exception {
    Audit audit = run(loader, TinyAudit.ADAPTER);

    assertThat(loader.loads).hasValue(1);
    assertThat(loader.pairLoads).hasValue(0);
    PairSpec spec = PairSpec.of(TinyAudit.BASE, TinyAudit.ADAPTER, DType.FLOAT32);
    try (PairRunner pair = ModelPair.open(spec, RunnerOptions.usual())) {
      double[] expected =
          pair.compare(requests(pair)).stream()
              .mapToDouble(one -> Arrays.stream(one.divergence()).average().orElseThrow())
              .toArray();
      assertThat(Arrays.stream(expected).min().orElseThrow()).isGreaterThan(0.01);
      assertThat(divergences(audit, "plain")).containsExactly(expected, within(1e-6));
    }
  }

  @Test
  void adaptersReadATextOnceBesideTheBaseAndFindTheLossThatEachFindsAlone() throws Exception {
    Audit audit = run(loader, TinyAudit.ADAPTER);
    assertThat(loader.textsCompared).hasValue(TEXTS.size());

    try (ModelRunner alone = LocalRunner.open(spec())) {
      assertThat(losses(audit, PairedOutcome::base))
          .containsExactly(losses(alone, Optional.empty()), within(1e-6));
      assertThat(losses(audit, PairedOutcome::tuned))
          .containsExactly(losses(alone, Optional.of("plain")), within(1e-6));
    }
  }

  @Test
  void textsThatCannotBeReadTogetherAreReadArmByArm() throws Exception {
    loader.refusesTexts = true;
    Audit audit = run(loader, TinyAudit.ADAPTER);

    assertThat(losses(audit, PairedOutcome::tuned)).hasSize(TEXTS.size());
    assertThat(report(audit).plainText().get(0).sentence())
        .contains("KL from the base is left out: refused by the test. Described, never a gate.");
  }

  @Test
  void whatWasMeasuredIsNeitherMeasuredAgainNorLostWhenItIsGradedAgain() throws Exception {
    Audit audit = run(loader, TinyAudit.ADAPTER);
    double[] measured = divergences(audit, "plain");

    again(audit);
    assertThat(loader.textsCompared).hasValue(TEXTS.size());
    assertThat(new Rescoring(database, library).compare(audit.id()).changes()).isEmpty();

    database.write(
        handle ->
            handle.execute(
                "update outcome_detail set details = replace(details, '\"kl\"', '\"was\"')"
                    + " where outcome_id in (select id from outcome where item_id = 'texts-1')"));
    again(audit);
    assertThat(loader.textsCompared).hasValue(TEXTS.size() + 1);
    assertThat(divergences(audit, "plain")).containsExactly(measured, within(0.0));
  }

  @Test
  void aCheckpointWithWeightsOfItsOwnIsLoadedBesideTheBase() throws Exception {
    Audit audit = run(loader, copy());

    assertThat(loader.pairLoads).hasValue(1);
    assertThat(loader.textsCompared).hasValue(0);
    assertThat(divergences(audit, "copy")).containsExactly(new double[3], within(1e-6));
  }

  @Test
  void whereTwoModelsCannotBeLoadedTogetherTheAuditEndsAndTheReportSaysWhy() throws Exception {
    Audit audit = run(LocalRunner::open, copy());

    ReportData.PlainText text = report(audit).plainText().get(0);
    assertThat(text.measures()).isEmpty();
    assertThat(text.lossPerToken().change()).isZero();
    assertThat(text.sentence())
        .contains(
            "KL from the base is left out: Two models side by side are loaded in worker processes"
                + " only. Described, never a gate.");
  }

  @Test
  void theReportHasItAsAMeasureOfThePlainText() throws Exception {
    ReportData.PlainText text = report(run(loader, TinyAudit.ADAPTER)).plainText().get(0);

    ReportData.Figure found = text.measures().get(0);
    assertThat(found.id()).isEqualTo("kl");
    assertThat(found.unit()).isEqualTo("nats");
    assertThat(found.gates()).isFalse();
    assertThat(found.interval().get(0)).isLessThan(found.value());
    assertThat(found.interval().get(1)).isGreaterThan(found.value());
    assertThat(text.sentence()).contains(" KL from the base: ", " nats a token (90% interval ");
  }

  private static List<ScoreRequest> requests(PairRunner pair) {
    return TEXTS.stream()
        .map(text -> new EncodeRequest(new Prompt.Text(""), List.of(text)))
        .map(request -> pair.encode(List.of(request)).get(0))
        .map(text -> new ScoreRequest(text.contextIds(), text.continuationIds()))
        .toList();
  }

  private Audit run(ModelLoader models, Path tuned) throws Exception {
    AuditPlan plan = TinyAudit.plan(library, "texts", 1, tuned);
    try (AuditService audits = AuditService.open(database, library, models)) {
      Audit audit = audits.start(plan);
      AuditStatus end = TinyAudit.awaitEnd(audits, audit.id());
      assertThat(end.message()).isEmpty();
      assertThat(end.state()).isEqualTo(AuditState.FINISHED);
      return audit;
    }
  }

  private void again(Audit audit) {
    AuditStore store = new AuditStore(database);
    assertThat(new AuditRun(audit, store, library, loader, () -> false, status -> {}).run())
        .isTrue();
  }

  private double[] divergences(Audit audit, String arm) {
    try (AuditService audits = AuditService.open(database, library, loader)) {
      return audits.pairs(audit.id(), "texts", arm).stream()
          .sorted((one, other) -> one.base().itemId().compareTo(other.base().itemId()))
          .map(PairedOutcome::tuned)
          .mapToDouble(tuned -> ((Evidence.Passage) tuned.evidence()).divergence().orElseThrow())
          .toArray();
    }
  }

  private double[] losses(Audit audit, Function<PairedOutcome, Outcome> side) {
    try (AuditService audits = AuditService.open(database, library, loader)) {
      return audits.pairs(audit.id(), "texts", "plain").stream()
          .sorted((one, other) -> one.base().itemId().compareTo(other.base().itemId()))
          .mapToDouble(pair -> ((Evidence.Passage) side.apply(pair).evidence()).loss())
          .toArray();
    }
  }

  private static double[] losses(ModelRunner model, Optional<String> adapter) {
    List<ScoreRequest> requests =
        model
            .encode(
                adapter,
                TEXTS.stream()
                    .map(text -> new EncodeRequest(new Prompt.Text(""), List.of(text)))
                    .toList())
            .stream()
            .map(text -> new ScoreRequest(text.contextIds(), text.continuationIds()))
            .toList();
    return model.score(adapter, requests).stream()
        .map(scores -> scores.get(0))
        .mapToDouble(score -> -score.logProb() / score.tokenLogProbs().length)
        .toArray();
  }

  private static ModelSpec spec() {
    return new ModelSpec(TinyAudit.BASE, DType.FLOAT32, Map.of("plain", TinyAudit.ADAPTER));
  }

  private ReportData report(Audit audit) {
    try (AuditService audits = AuditService.open(database, library, loader)) {
      return Report.build(audits, audit.id()).data();
    }
  }

  private Path copy() throws IOException {
    Path copy = folder.resolve("copy");
    try (Stream<Path> files = Files.list(TinyAudit.BASE)) {
      Files.createDirectories(copy);
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }
}
