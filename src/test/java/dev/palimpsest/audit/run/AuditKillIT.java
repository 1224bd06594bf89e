package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.TinySuites;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StorageException;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.worker.WorkerLoader;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of workers and of the application, with real processes and the tiny model. */
final class AuditKillIT {
  private static final int ITEMS = 40;
  private static final long SEED = 5;

  @TempDir Path folder;

  private TinySuites suites;
  private SuiteLibrary library;

  @BeforeEach
  void writeSuites() {
    suites = new TinySuites(folder.resolve("suites"));
    library = suites.library(ITEMS);
  }

  @Test
  void aKilledWorkerIsReplacedAndTheAuditEndsAsIfNothingHadBeen() throws Exception {
    Map<String, PairedOutcome> undisturbed = undisturbed();
    try (Database database = Database.open(folder.resolve("data"));
        AuditService audits = AuditService.open(database, library, WorkerLoader.standard())) {
      Audit audit = audits.start(TinyAudit.plan(library, "killed", SEED, TinyAudit.ADAPTER));
      TinyAudit.await(audits, audit.id(), status -> status.done() > 0);
      killWorkers();
      AuditStatus end = TinyAudit.awaitEnd(audits, audit.id());
      assertThat(end.state()).isEqualTo(AuditState.FINISHED);
      assertThat(audits.result(audit.id()).provenance()).containsEntry("workers replaced", "1");
      assertThat(TinyAudit.pairs(audits, audit.id())).isEqualTo(undisturbed);
    }
  }

  @Test
  void theStatusSaysThatAnotherWorkerIsStarted() throws Exception {
    try (Database database = Database.inMemory();
        AuditService audits = AuditService.open(database, library, WorkerLoader.standard())) {
      Audit audit = audits.start(TinyAudit.plan(library, "killed", SEED, TinyAudit.ADAPTER));
      List<AuditStatus> heard = new CopyOnWriteArrayList<>();
      audits.follow(audit.id(), heard::add);
      TinyAudit.await(audits, audit.id(), status -> status.done() > 0);
      killWorkers();
      TinyAudit.awaitEnd(audits, audit.id());
      assertThat(heard)
          .extracting(AuditStatus::step)
          .contains("The inference worker stopped (signal 9, SIGKILL); starting another");
    }
  }

  @Test
  void aKilledApplicationLosesNothingAndTheNextOneGoesOn() throws Exception {
    Path data = folder.resolve("data");
    Process first = AuditProcess.start(data, folder.resolve("suites"), Long.toString(SEED));
    int done = awaitOutcomes(first, 40);
    List<ProcessHandle> workers = first.descendants().toList();
    assertThat(workers).isNotEmpty();
    assertThatThrownBy(() -> Database.open(data))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("is already in use by another palimpsest");
    first.destroyForcibly().waitFor();
    assertThat(workers).allSatisfy(AuditKillIT::assertEnds);

    CountingLoader loader = new CountingLoader(WorkerLoader.standard());
    try (Database database = Database.open(data);
        AuditService audits = AuditService.open(database, library, loader)) {
      Audit audit = audits.list().get(0);
      assertThat(audits.status(audit.id()).done()).isGreaterThanOrEqualTo(done);
      AuditStatus end = TinyAudit.awaitEnd(audits, audit.id());
      assertThat(end.state()).isEqualTo(AuditState.FINISHED);
      assertThat(TinyAudit.pairs(audits, audit.id())).isEqualTo(undisturbed());
      // Of 4 requests per item of the three suites and two arms, those that were done are not
      // made again.
      assertThat(loader.baseRequests.get() + loader.adapterRequests.get())
          .isLessThanOrEqualTo(2 * 4 * ITEMS + ITEMS - done);
    }
  }

  @Test
  void anItemThatKillsEveryWorkerIsFoundAndTheOthersAreScored() throws Exception {
    suites.library(7);
    library =
        suites.with(
            "facts",
            """
            {"id":"facts-poison","kind":"choice","tier":"hard","topic":"things",\
            "question":"Poison?","choices":["yes","no"],"answer":0}""");
    ModelLoader poisoned =
        spec -> new PoisonedRunner(WorkerLoader.standard().load(spec), "Poison?");
    try (Database database = Database.inMemory();
        AuditService audits = AuditService.open(database, library, poisoned)) {
      Audit audit = audits.start(TinyAudit.plan(library, "poison", SEED, TinyAudit.ADAPTER));
      assertThat(TinyAudit.awaitEnd(audits, audit.id()).state()).isEqualTo(AuditState.FINISHED);
      Map<String, PairedOutcome> pairs = TinyAudit.pairs(audits, audit.id());
      Map<Outcome.State, Long> states =
          pairs.values().stream()
              .collect(Collectors.groupingBy(pair -> pair.base().state(), Collectors.counting()));
      assertThat(states).isEqualTo(Map.of(Outcome.State.SCORED, 3L * 7, Outcome.State.ERROR, 1L));
      assertThat(pairs.get("plain facts-poison").base().explanation())
          .startsWith("The inference worker stopped (signal 9, SIGKILL)");
    }
  }

  private Map<String, PairedOutcome> undisturbed() throws Exception {
    try (Database database = Database.inMemory();
        AuditService audits = AuditService.open(database, library, WorkerLoader.standard())) {
      Audit audit = audits.start(TinyAudit.plan(library, "killed", SEED, TinyAudit.ADAPTER));
      TinyAudit.awaitEnd(audits, audit.id());
      return TinyAudit.pairs(audits, audit.id());
    }
  }

  private static void killWorkers() {
    List<ProcessHandle> workers =
        ProcessHandle.current()
            .children()
            .filter(child -> child.info().command().orElse("").endsWith("java"))
            .toList();
    assertThat(workers).isNotEmpty();
    workers.forEach(ProcessHandle::destroyForcibly);
  }

  private static int awaitOutcomes(Process process, int wanted) throws Exception {
    var lines =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int done = line.startsWith("done ") ? Integer.parseInt(line.substring(5)) : 0;
      if (done >= wanted) {
        return done;
      }
    }
    throw new AssertionError("the application ended early");
  }

  private static void assertEnds(ProcessHandle process) {
    assertThat(process.onExit()).succeedsWithin(20, TimeUnit.SECONDS);
  }
}
