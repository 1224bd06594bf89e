package dev.palimpsest.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.inference.Generation;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StorageException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AuditStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final RawResult RAW =
      new RawResult.Text(new Generation(new int[] {1}, "raw", Generation.Finish.END));

  private final Database database = Database.inMemory();
  private final AuditStore store = new AuditStore(database);

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

    assertThat(store.remove("a")).as("while it is queued").isFalse();
    assertThat(store.countOutcomes("a")).isEqualTo(3);
    jobs.settle("a", AuditState.FINISHED, "");
    assertThat(store.remove("a")).isTrue();

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
    assertThat(store.remove("a")).isTrue();
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
