package dev.palimpsest.audit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffException;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.Plans;
import dev.palimpsest.audit.review.Review;
import dev.palimpsest.audit.run.AuditStore.Removed;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.DuplicateException;
import dev.palimpsest.storage.StorageException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Audits, outcomes and raw results, as every database has to keep them. */
abstract class AuditStoreContract {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final RawResult RAW =
      new RawResult.Text(new Generation(new int[] {1}, "raw", Generation.Finish.END));

  /** What databases and their drivers like to change. */
  private static final String ODD =
      "NUL \0, halves \uD83D and \uDE00, \1, \u00010000, \uD83D\uDE00, \r\n"
          + ", ' \" \\ \uFFFF\uFEFF é e\u0301 ";

  private final Database database = fresh();
  private final AuditStore store = new AuditStore(database);

  /** Returns a database that nobody else uses, with nothing in it. */
  abstract Database fresh();

  @BeforeEach
  void insert() {
    store.insert(new Audit("a", Plans.small(), "digest", NOW, Optional.empty()));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anAuditComesBackAsItWasFrozen() {
    assertThat(store.audit("a"))
        .contains(new Audit("a", Plans.small(), "digest", NOW, Optional.empty()));
    store.finish("a", NOW.plusSeconds(60));
    assertThat(store.audit("a").orElseThrow().finishedAt()).contains(NOW.plusSeconds(60));
    assertThat(store.audit("b")).isEmpty();
  }

  @Test
  void outcomesComeBackWithEveryFigure() {
    Outcome outcome = outcome("k-1", Map.of("margin", -1.5, "nan", Double.NaN));
    store.save("a", List.of(computed(outcome, "key-1")));
    assertThat(store.outcomes("a", "knowledge", "base")).containsExactly(Map.entry("k-1", outcome));
    assertThat(store.itemsDone("a", "knowledge", "base")).containsExactly("k-1");
    assertThat(store.itemsDone("a", "knowledge", "tuned")).isEmpty();
    assertThat(store.countOutcomes("a")).isEqualTo(1);
  }

  @Test
  void answersAreFoundByWhatTheirItemPromptOrTextHolds() {
    store.save("a", List.of(computed(outcome("k-1", Map.of()), "key-1")));
    Outcome found = store.outcomes("a", "knowledge", "base").get("k-1");
    Review.Answer answer = new Review.Answer("knowledge", "base", "k-1");
    for (String text : List.of("K-1", found.prompt().toUpperCase(Locale.ROOT), found.output())) {
      assertThat(store.holding("a", text)).as(text).containsExactly(answer);
    }
    for (String text : List.of("%", "_", "'", "nowhere")) {
      assertThat(store.holding("a", text)).as(text).isEmpty();
    }
    assertThat(store.holding("b", "k-1")).isEmpty();
  }

  @Test
  void rawResultsAreSharedByAudits() {
    store.save("a", List.of(computed(outcome("k-1", Map.of()), "key-1")));
    store.insert(new Audit("b", Plans.small(), "digest", NOW, Optional.empty()));
    store.save("b", List.of(computed(outcome("k-1", Map.of()), "key-1")));
    assertThat(store.raw(List.of("key-1", "key-2")))
        .containsOnlyKeys("key-1")
        .extractingByKey("key-1")
        .usingRecursiveComparison()
        .isEqualTo(RAW);
  }

  @Test
  void aReportIsSignedOrRemovedButNeverBoth() throws Exception {
    SignOffs signOffs = new SignOffs(database);
    ExecutorService people = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 40; round++) {
        String id = "round-" + round;
        store.insert(new Audit(id, Plans.small(), "digest", NOW, Optional.empty()));
        new JobStore(database, "me").settle(id, AuditState.FINISHED, "");
        CyclicBarrier together = new CyclicBarrier(2);
        Future<Boolean> signed =
            people.submit(
                () -> {
                  together.await();
                  return signs(signOffs, id);
                });
        Future<Removed> removed =
            people.submit(
                () -> {
                  together.await();
                  return store.remove(id);
                });
        assertThat(removed.get()).isEqualTo(signed.get() ? Removed.NOT_SIGNED : Removed.ALL);
        assertThat(signOffs.of(id)).hasSize(signed.get() ? 1 : 0);
        assertThat(store.audit(id).isPresent()).isEqualTo(signed.get());
      }
    } finally {
      people.shutdownNow();
    }
  }

  private static boolean signs(SignOffs signOffs, String id) {
    try {
      signOffs.add(new SignOff(id, "d", SignOff.Decision.APPROVED, "Ada Byron", "fine", NOW));
      return true;
    } catch (SignOffException removed) {
      return false;
    }
  }

  @Test
  void whoseWorkAnAuditIsIsWrittenWithItAndStaysWhenTheCheckpointIsRemoved() {
    String digest = Plans.small().tuned().get(0).digest();
    for (String user : List.of("user-1", "user-2", "")) {
      database.write(
          handle ->
              handle.execute(
                  "insert into checkpoint (id, name, name_key, kind, origin, location, bytes,"
                      + " digest, state, created_at, added_by) values (?, ?, ?, 'FULL', 'PATH',"
                      + " '/m', 1, ?, 'READY', current_timestamp, ?)",
                  "c-" + user,
                  "c-" + user,
                  "c-" + user,
                  digest,
                  user));
    }
    Audit audit = new Audit("asked", Plans.small(), "digest", NOW, Optional.empty());
    store.insert(audit, new Requester("user-3", LedgerEntry.Actor.signedIn("Eve")));
    database.write(handle -> handle.execute("delete from checkpoint"));
    AuditPeople.People people = new AuditPeople(database).of("asked");
    assertThat(people.requester()).contains("user-3");
    assertThat(people.uploaders(digest)).containsExactlyInAnyOrder("user-1", "user-2");
    assertThat(people.areKnown(digest)).isTrue();
    assertThat(new AuditPeople(database).of("a").requester()).isEmpty();
    assertThat(new AuditPeople(database).of("a").areKnown(digest)).isFalse();
    new JobStore(database, "me").settle("asked", AuditState.FINISHED, "");
    assertThat(store.remove("asked")).isEqualTo(Removed.ALL);
  }

  @Test
  void aRemovedAuditTakesWithItWhatNoOtherStandsOn() {
    JobStore jobs = new JobStore(database, "me");
    store.insert(new Audit("b", Plans.small(), "digest", NOW, Optional.empty()));
    store.save(
        "a",
        List.of(
            computed(outcome("k-1", Map.of()), "shared"),
            computed(outcome("k-2", Map.of()), "own")));
    store.save("b", List.of(computed(outcome("k-1", Map.of()), "shared")));
    store.save("a", List.of(computed(saying("k-3", "only a's"), "own, too")));
    assertThat(texts()).containsExactlyInAnyOrder("prompt", "output", "only a's");
    store.putFacts("a", Map.of("engine", "one"));
    assertThat(store.room("a")).isGreaterThan(store.room("b")).isPositive();

    assertThat(store.remove("a")).as("while it is queued").isEqualTo(Removed.NOT_UNDER_WAY);
    assertThat(store.countOutcomes("a")).isEqualTo(3);
    jobs.settle("a", AuditState.FINISHED, "");
    assertThat(store.remove("a")).isEqualTo(Removed.ALL);

    assertThat(store.audits()).extracting(Audit::id).containsExactly("b");
    assertThat(jobs.find("a")).isEmpty();
    assertThat(store.facts("a")).isEmpty();
    assertThat(store.countOutcomes("a")).isZero();
    assertThat(store.raw(List.of("shared", "own"))).containsOnlyKeys("shared");
    assertThat(store.outcomes("b", "knowledge", "base")).containsOnlyKeys("k-1");
    assertThat(texts()).containsExactlyInAnyOrder("prompt", "output");
    assertThat(rows("outcome_detail")).isEqualTo(1);
  }

  @Test
  void theReportOfARemovedAuditGoesWithIt() {
    database.write(
        handle ->
            handle.execute(
                "insert into report values ('a', 'shape', 'PASS', 'digest', 'body', ?)",
                AuditStore.time(NOW)));
    new JobStore(database, "me").settle("a", AuditState.FINISHED, "");
    assertThat(store.room("a")).isEqualTo("body".length());
    assertThat(store.remove("a")).isEqualTo(Removed.ALL);
    assertThat(rows("report")).isZero();
  }

  private List<String> texts() {
    return database.read(
        handle -> handle.createQuery("select body from text_body").mapTo(String.class).list());
  }

  private int rows(String table) {
    return database.read(
        handle -> handle.createQuery("select count(*) from " + table).mapTo(Integer.class).one());
  }

  private static Outcome saying(String item, String output) {
    return new Outcome(
        "knowledge",
        item,
        "base",
        Outcome.State.SCORED,
        1,
        "prompt",
        output,
        output,
        "Because.",
        Map.of());
  }

  @Test
  void aBatchIsStoredWholeOrNotAtAll() {
    store.save("a", List.of(computed(outcome("k-1", Map.of()), "key-1")));
    List<AuditStore.NewOutcome> overlapping =
        List.of(
            computed(outcome("k-2", Map.of()), "key-2"),
            computed(outcome("k-1", Map.of()), "key-3"));
    assertThatThrownBy(() -> store.save("a", overlapping)).isInstanceOf(StorageException.class);
    assertThat(store.itemsDone("a", "knowledge", "base")).containsExactly("k-1");
    assertThat(store.raw(List.of("key-2", "key-3"))).isEmpty();
  }

  @Test
  void anOutcomeThatIsThereIsToldApartFromOtherFailures() {
    store.save("a", List.of(computed(outcome("k-1", Map.of()), "key-1")));
    assertThatThrownBy(() -> store.save("a", List.of(computed(outcome("k-1", Map.of()), "key-1"))))
        .isInstanceOf(DuplicateException.class);
  }

  @Test
  void textsAreKeptExactly() {
    Outcome odd =
        new Outcome(
            "knowledge",
            "k-1",
            "base",
            Outcome.State.SCORED,
            0.1,
            ODD,
            ODD + 1,
            ODD + 2,
            ODD + 3,
            Map.of(ODD, Double.NEGATIVE_INFINITY));
    RawResult raw = new RawResult.Text(new Generation(new int[] {1}, ODD, Generation.Finish.END));
    store.save("a", List.of(new AuditStore.NewOutcome(odd, Optional.of("key"), Optional.of(raw))));
    store.putFacts("a", Map.of("device", ODD));
    assertThat(store.outcomes("a", "knowledge", "base")).containsExactly(Map.entry("k-1", odd));
    assertThat(store.raw(List.of("key")).get("key")).usingRecursiveComparison().isEqualTo(raw);
    assertThat(store.facts("a")).containsEntry("device", ODD);
  }

  @Test
  void aLongTextIsKeptWhole() {
    Outcome longest = outcome("k-1", Map.of());
    String text = "ö".repeat(3_000_000);
    Outcome outcome =
        new Outcome(longest.suite(), "k-1", "base", longest.state(), 1, text, "", "", "", Map.of());
    store.save(
        "a", List.of(new AuditStore.NewOutcome(outcome, Optional.empty(), Optional.empty())));
    assertThat(store.outcomes("a", "knowledge", "base").get("k-1").prompt()).isEqualTo(text);
    assertThat(store.room("a")).isEqualTo(3_000_000L + "{}".length());
  }

  /** Two servers that audit tunes of one base compute the same things at the same time. */
  @Test
  void whatTwoComputeAtOnceIsStoredOnceAndFailsNeither() throws Exception {
    List<String> ids = List.of("b", "c", "d", "e");
    ids.forEach(id -> store.insert(new Audit(id, Plans.small(), "digest", NOW, Optional.empty())));
    CyclicBarrier together = new CyclicBarrier(ids.size());
    ExecutorService threads = Executors.newFixedThreadPool(ids.size());
    try {
      List<Callable<Void>> savings =
          ids.stream().map(id -> saving(id, together, ids.indexOf(id) % 2 == 0)).toList();
      for (Future<Void> saved : threads.invokeAll(savings)) {
        saved.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(ids).allSatisfy(id -> assertThat(store.countOutcomes(id)).isEqualTo(8 * 8));
    assertThat(store.raw(IntStream.range(0, 64).mapToObj(i -> "key-" + i).toList())).hasSize(64);
  }

  private Callable<Void> saving(String audit, CyclicBarrier together, boolean forwards) {
    return () -> {
      for (int batch = 0; batch < 8; batch++) {
        together.await();
        List<AuditStore.NewOutcome> outcomes = new ArrayList<>();
        for (int i = batch * 8; i < batch * 8 + 8; i++) {
          outcomes.add(computed(outcome("k-" + i, Map.of()), "key-" + i));
        }
        if (!forwards) {
          Collections.reverse(outcomes);
        }
        store.save(audit, outcomes);
      }
      return null;
    };
  }

  @Test
  void anAuditIsStoredOnce() {
    assertThatThrownBy(
            () -> store.insert(new Audit("a", Plans.small(), "other", NOW, Optional.empty())))
        .isInstanceOf(DuplicateException.class);
    assertThat(store.audit("a").orElseThrow().planDigest()).isEqualTo("digest");
  }

  @Test
  void auditsAreListedFromTheNewest() {
    store.insert(new Audit("b", Plans.small(), "digest", NOW.plusMillis(1), Optional.empty()));
    store.insert(new Audit("c", Plans.small(), "digest", NOW.plusMillis(1), Optional.empty()));
    assertThat(store.audits()).extracting(Audit::id).containsExactly("b", "c", "a");
  }

  @Test
  void aFactCanBeCorrected() {
    store.putFacts("a", Map.of("engine", "one", "device", "cpu"));
    store.putFacts("a", Map.of("engine", "two"));
    assertThat(store.facts("a")).isEqualTo(Map.of("engine", "two", "device", "cpu"));
  }

  private static AuditStore.NewOutcome computed(Outcome outcome, String key) {
    return new AuditStore.NewOutcome(outcome, Optional.of(key), Optional.of(RAW));
  }

  private static Outcome outcome(String item, Map<String, Double> details) {
    return new Outcome(
        "knowledge",
        item,
        "base",
        Outcome.State.SCORED,
        1,
        "prompt",
        "output",
        "extracted",
        "Because.",
        details);
  }
}
