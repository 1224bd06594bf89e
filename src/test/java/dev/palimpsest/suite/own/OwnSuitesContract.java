package dev.palimpsest.suite.own;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.SuiteText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Suites that people made, as every database has to keep them. */
abstract class OwnSuitesContract {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00.123Z");

  private final Database database = fresh();
  private final OwnSuites store = new OwnSuites(database, Clock.fixed(NOW, ZoneOffset.UTC));

  /** Returns a database that nobody else uses, with nothing in it. */
  abstract Database fresh();

  @AfterEach
  void close() {
    database.close();
  }

  private static Suite suite(String version, String choice) {
    return OwnDraft.of(
            TypedHeads.choice("sea", version),
            "table",
            "question,a,b,answer\nWhat makes the sea salty?,salt," + choice + ",a\n")
        .suite()
        .orElseThrow();
  }

  @Test
  void aSuiteComesBackWithItsDigest() {
    Suite suite = suite("1.0.0", "Zücker \u0001 \uD83C\uDF0A");
    store.put(suite);
    Suite found = new OwnSuites(database, Clock.systemUTC()).find("sea", "1.0.0").orElseThrow();
    assertThat(found.digest()).isEqualTo(suite.digest());
    assertThat(found.items()).isEqualTo(suite.items());
    assertThat(store.list("sea"))
        .containsExactly(new OwnSuites.Version("sea", "1.0.0", suite.digest(), NOW));
  }

  @Test
  void itsFilesAreASuiteInAFolder(@TempDir Path folder) throws Exception {
    Suite suite = suite("1.0.0", "sugar");
    store.put(suite);
    SuiteText text = store.text("sea", "1.0.0").orElseThrow();
    Path sea = Files.createDirectory(folder.resolve("sea"));
    Files.writeString(sea.resolve("suite.json"), text.suite());
    Files.writeString(sea.resolve("items.jsonl"), text.items());
    assertThat(SuiteLibrary.load(sea).digest()).isEqualTo(suite.digest());
  }

  @Test
  void aVersionNeverChangesAndTheNextOneIsProposed() {
    assertThat(store.next("sea")).isEqualTo("1.0.0");
    store.put(suite("1.0.0", "sugar"));
    store.put(suite("1.0.0", "sugar"));
    assertThat(store.next("sea")).isEqualTo("1.0.1");
    assertThatThrownBy(() -> store.put(suite("1.0.0", "sand")))
        .isInstanceOf(OwnSuiteException.class)
        .hasMessage(
            "sea has a version 1.0.0 with other content, and versions never change; save this as"
                + " 1.0.1.");
    store.put(suite("1.0.10", "sand"));
    assertThatThrownBy(() -> store.put(suite("1.0.9", "gravel")))
        .hasMessage("Version 1.0.9 is below 1.0.10, the newest of sea; save this as 1.0.11.");
    assertThat(store.list("sea"))
        .extracting(OwnSuites.Version::version)
        .containsExactly("1.0.10", "1.0.0");
  }

  @Test
  void aLibraryOverItFindsTheNewestByIdAndEachByItsDigest() {
    SuiteLibrary library = SuiteLibrary.bundled().with(store);
    assertThat(library.find("sea")).isEmpty();
    Suite first = suite("1.0.0", "sugar");
    Suite second = suite("1.0.1", "sand");
    store.put(first);
    store.put(second);
    assertThat(library.suite("sea").digest()).isEqualTo(second.digest());
    assertThat(library.find("sea", first.digest())).map(Suite::version).contains("1.0.0");
    assertThat(library.find("sea", second.digest())).map(Suite::version).contains("1.0.1");
    assertThat(library.find("sea", "00")).isEmpty();
    assertThat(library.suites())
        .extracting(Suite::digest)
        .contains(second.digest())
        .doesNotContain(first.digest());
    store.remove("sea", "1.0.1");
    assertThat(library.suite("sea").digest()).isEqualTo(first.digest());
  }

  @Test
  void whatAnAuditUsesStays() {
    Suite suite = suite("1.0.0", "sugar");
    store.put(suite);
    database.write(
        handle ->
            handle.execute(
                "insert into audit (id, plan, plan_digest, frozen_at, title, base_name,"
                    + " tuned_names, planned) values"
                    + " ('a1', ?, 'dd', current_timestamp, '', '', '', 0)",
                "{\"suites\":[{\"suite\":\"sea\",\"digest\":\"" + suite.digest() + "\"}]}"));
    assertThatThrownBy(() -> store.remove("sea", "1.0.0"))
        .hasMessage("sea 1.0.0 is used by an audit; remove that first, or keep both.");
    assertThat(store.list("sea")).hasSize(1);
    store.put(suite("1.0.1", "sand"));
    store.remove("sea", "1.0.1");
    store.remove("sea", "1.0.1");
    assertThat(store.list("sea")).hasSize(1);
  }

  @Test
  void ofManyThatSaveAVersionAtOnceOneIsKeptAndTheOthersAreTold() {
    List<CompletableFuture<Boolean>> at =
        IntStream.range(0, 6).mapToObj(i -> supplyAsync(() -> put("sort " + i % 2))).toList();
    assertThat(at.stream().filter(CompletableFuture::join)).hasSize(3);
    assertThat(store.list("sea")).hasSize(1);
  }

  private boolean put(String choice) {
    try {
      store.put(suite("1.0.0", choice));
      return true;
    } catch (OwnSuiteException refused) {
      return false;
    }
  }
}
