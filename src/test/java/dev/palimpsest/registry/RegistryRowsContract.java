package dev.palimpsest.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.registry.RegisteredCheckpoint.Kind;
import dev.palimpsest.registry.RegisteredCheckpoint.Origin;
import dev.palimpsest.registry.RegisteredCheckpoint.State;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.DuplicateException;
import dev.palimpsest.storage.StorageException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checkpoints and the files of uploads, as every database has to keep them. */
abstract class RegistryRowsContract {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

  private final Database database = fresh();
  private final CheckpointRows checkpoints = new CheckpointRows(database);
  private final CheckRows checks = new CheckRows(database, "here");
  private final UploadRows uploads = new UploadRows(database);

  /** Returns a database that nobody else uses, with nothing in it. */
  abstract Database fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aCheckpointComesBackAsItWasRegistered() {
    RegisteredCheckpoint base = checkpoint("a", "Base \uD83D\uDE00", Optional.empty());
    RegisteredCheckpoint tuned = checkpoint("b", "Tuned\1", Optional.of("a"));
    insert(base);
    insert(tuned);
    assertThat(checkpoints.find("a")).contains(base);
    assertThat(checkpoints.find("b")).contains(tuned);
    assertThat(checkpoints.find("c")).isEmpty();
    assertThat(checkpoints.list()).containsExactly(base, tuned);
    assertThat(checkpoints.tunedFrom("a")).containsExactly(tuned);
  }

  @Test
  void aNameIsTakenOnceHoweverItIsSpelt() {
    insert(checkpoint("a", "Größe ①", Optional.empty()));
    assertThatThrownBy(
            () -> insert(checkpoint("b", "GRÖSSE 1".replace("SS", "ß"), Optional.empty())))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("choose another name");
    assertThat(checkpoints.list()).hasSize(1);
  }

  @Test
  void aBaseThatIsNotThereIsNoBase() {
    assertThatThrownBy(() -> insert(checkpoint("a", "A", Optional.of("nobody"))))
        .isInstanceOf(StorageException.class);
  }

  @Test
  void aStateIsLeftByOneOnlyWhoeverTriesAtOnce() throws Exception {
    insert(checkpoint("a", "A", Optional.empty()));
    Callable<Boolean> move = () -> checks.begin("a", State.UPLOADING, NOW);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      int moved = 0;
      for (Future<Boolean> each : threads.invokeAll(List.of(move, move, move, move))) {
        moved += each.get() ? 1 : 0;
      }
      assertThat(moved).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatItsInspectionSaidIsKeptExactly() {
    insert(checkpoint("a", "A", Optional.empty()));
    String said = "a name with NUL \0 and half a pair \uD83D";
    checks.begin("a", State.UPLOADING, NOW);
    assertThat(checks.rejected("a", said, "{}")).isTrue();
    assertThat(checkpoints.find("a").orElseThrow().problem()).contains(said);
    checks.begin("a", State.REJECTED, NOW);
    checks.ready(
        "a",
        Path.of("/models/ä b"),
        new CheckpointCheck.Outcome(
            "digest", 7, false, List.of(), "{\"of\":\"" + said + "\"}", Optional.empty()));
    RegisteredCheckpoint ready = checkpoints.find("a").orElseThrow();
    assertThat(ready.location()).isEqualTo(Path.of("/models/ä b"));
    assertThat(ready.problem()).isEmpty();
    assertThat(ready.inspection()).contains("{\"of\":\"" + said + "\"}");
  }

  @Test
  void whatARemovedCheckpointConsistedOfStaysKnown() {
    List<Manifest.Entry> files =
        List.of(
            new Manifest.Entry("config.json", 12, "a".repeat(64)),
            new Manifest.Entry("model ä.safetensors", 345, "b".repeat(64)));
    Manifest manifest = Manifest.of("model", files);
    for (String id : List.of("a", "b")) { // the same content, registered and removed twice
      insert(checkpoint(id, "Model", Optional.empty()));
      checks.begin(id, State.UPLOADING, NOW);
      checks.ready(
          id,
          Path.of("/models/model"),
          new CheckpointCheck.Outcome(manifest.root(), 357, false, files, "{}", Optional.empty()));

      assertThat(checkpoints.delete(id)).isTrue();

      assertThat(new StoredManifests(database).of(manifest.root())).contains(manifest);
    }
    assertThat(new StoredManifests(database).of("c".repeat(64))).isEmpty();
  }

  @Test
  void anUploadIsRefusedWhileItIsUnderWayOnly() {
    insert(checkpoint("a", "A", Optional.empty()));
    assertThat(checkpoints.refuse("a", "No weights.")).isTrue();
    assertThat(checkpoints.find("a").orElseThrow())
        .extracting(RegisteredCheckpoint::state, RegisteredCheckpoint::problem)
        .containsExactly(State.REJECTED, Optional.of("No weights."));
    assertThat(checkpoints.refuse("a", "Twice.")).isFalse();
  }

  @Test
  void aBaseStaysWhileOthersWereTunedFromItAndUploadsGoWithTheirCheckpoint() {
    insert(checkpoint("a", "A", Optional.empty()));
    insert(checkpoint("b", "B", Optional.of("a")));
    addUploads(upload("u", "b", "model.safetensors", 10));
    assertThat(checkpoints.delete("a")).isFalse();
    assertThat(checkpoints.delete("b")).isTrue();
    assertThat(uploads.find("u")).isEmpty();
    assertThat(checkpoints.delete("a")).isTrue();
    assertThat(checkpoints.list()).isEmpty();
  }

  @Test
  void aCheckpointThatIsBeingCheckedStays() {
    insert(checkpoint("a", "A", Optional.empty()));
    checks.begin("a", State.UPLOADING, NOW);
    assertThat(checkpoints.delete("a")).isFalse();
    assertThat(checkpoints.find("a").orElseThrow().state()).isEqualTo(State.CHECKING);
  }

  @Test
  void aFileUnderWayComesBackAsItWasDeclared() {
    insert(checkpoint("a", "A", Optional.empty()));
    Upload file = upload("u", "a", "sub/ä \1.json", 5_000_000_000L);
    addUploads(file);
    assertThat(uploads.find("u")).contains(file);
    assertThat(uploads.find("a", "sub/ä \1.json")).contains(file);
    assertThat(uploads.of("a")).containsExactly(file);
  }

  @Test
  void aPathIsDeclaredOnceForACheckpoint() {
    insert(checkpoint("a", "A", Optional.empty()));
    addUploads(upload("u", "a", "config.json", 10));
    assertThatThrownBy(() -> addUploads(upload("v", "a", "config.json", 10)))
        .isInstanceOf(DuplicateException.class);
    assertThatThrownBy(() -> addUploads(upload("u", "a", "other.json", 10)))
        .isInstanceOf(DuplicateException.class);
    assertThat(uploads.of("a")).hasSize(1);
  }

  @Test
  void aFileThatStartsOverHasAnotherIdAndNothingOfItsBytes() {
    insert(checkpoint("a", "A", Optional.empty()));
    addUploads(upload("u", "a", "config.json", 10));
    uploads.received("u", 4, NOW.plusSeconds(9));
    assertThat(uploads.find("u").orElseThrow().received()).isEqualTo(4);
    uploads.restart("u", "v", 77);
    assertThat(uploads.find("u")).isEmpty();
    assertThat(uploads.find("v").orElseThrow())
        .extracting(Upload::received, Upload::modified)
        .containsExactly(0L, 77L);
  }

  @Test
  void whatIsStillToComeIsCountedForThoseWhoseSenderIsThere() {
    insert(checkpoint("a", "A", Optional.empty()));
    insert(checkpoint("b", "B", Optional.empty()));
    addUploads(upload("u", "a", "one", 5_000_000_000L), upload("v", "a", "two", 10));
    addUploads(upload("w", "b", "one", 10));
    uploads.received("u", 1, NOW.plusSeconds(100));
    assertThat(uploads.outstanding(NOW.plusSeconds(50))).isEqualTo(5_000_000_009L);
    assertThat(uploads.outstanding(NOW.plusSeconds(100))).isZero();
    assertThat(uploads.expired(NOW.plusSeconds(50))).containsExactly("b");
  }

  @Test
  void filesOfACheckpointAreKeptWithTheirDigestsAndFoundByContentInUploadsAlone() {
    insert(checkpoint("a", "A", Optional.empty()));
    insert(checkpoint("b", "B", Optional.empty()));
    var weights = new Manifest.Entry("sub/ä.safetensors", 5_000_000_000L, "cd".repeat(32));
    var config = new Manifest.Entry("config.json", 7, "ef".repeat(32));
    CheckpointFiles files = new CheckpointFiles(database);
    checks.begin("a", State.UPLOADING, NOW);
    checks.ready("a", Path.of("/a"), outcome("one", weights, config));
    assertThat(files.of("a")).containsExactly(config, weights);
    assertThat(files.twins("b", weights))
        .containsExactly(new CheckpointFiles.Twin("a", "sub/ä.safetensors"));
    assertThat(files.twins("a", weights)).isEmpty();
    checks.begin("b", State.UPLOADING, NOW);
    checks.ready("b", Path.of("/b"), outcome("one", weights));
    assertThat(checkpoints.same("b", "one"))
        .extracting(RegisteredCheckpoint::id)
        .containsExactly("a");
    assertThat(checkpoints.delete("a")).isTrue();
    assertThat(files.of("a")).isEmpty();
    assertThat(files.twins("b", weights)).isEmpty();
  }

  @Test
  void aCheckpointIsTakenBackForTheFilesThatAreBegunAnew() {
    insert(checkpoint("a", "A", Optional.empty()));
    Upload whole = upload("u", "a", "config.json", 10);
    Upload wrong = upload("v", "a", "model.safetensors", 10);
    addUploads(whole, wrong);
    uploads.received("u", 10, NOW);
    uploads.received("v", 10, NOW);
    checks.begin("a", State.UPLOADING, NOW);
    checks.takeBack("a", "It differs.", List.of(wrong), NOW.plusSeconds(60));
    assertThat(checkpoints.find("a").orElseThrow())
        .extracting(RegisteredCheckpoint::state, RegisteredCheckpoint::problem)
        .containsExactly(State.UPLOADING, Optional.of("It differs."));
    assertThat(uploads.of("a")).extracting(Upload::received).containsExactly(10L, 0L);
    assertThat(uploads.find("v")).isEmpty();
    assertThat(uploads.find("u").orElseThrow().expiresAt()).isEqualTo(NOW.plusSeconds(60));
  }

  private static CheckpointCheck.Outcome outcome(String digest, Manifest.Entry... files) {
    return new CheckpointCheck.Outcome(digest, 7, false, List.of(files), "{}", Optional.empty());
  }

  private void insert(RegisteredCheckpoint row) {
    database.write(handle -> checkpoints.insert(handle, row));
  }

  private void addUploads(Upload... files) {
    database.write(handle -> uploads.insert(handle, Stream.of(files).toList()));
  }

  private static RegisteredCheckpoint checkpoint(String id, String name, Optional<String> base) {
    return new RegisteredCheckpoint(
        id,
        name,
        Kind.FULL,
        base,
        Origin.UPLOAD,
        Path.of("/data/" + id),
        10,
        Optional.empty(),
        Optional.empty(),
        State.UPLOADING,
        Optional.empty(),
        NOW);
  }

  private static Upload upload(String id, String checkpoint, String path, long length) {
    return new Upload(
        id, checkpoint, path, length, 0, 12, Optional.of("ab".repeat(32)), NOW.plusSeconds(10));
  }
}
