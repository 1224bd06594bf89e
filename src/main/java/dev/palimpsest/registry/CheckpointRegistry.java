package dev.palimpsest.registry;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.registry.RegisteredCheckpoint.Kind;
import dev.palimpsest.registry.RegisteredCheckpoint.Origin;
import dev.palimpsest.registry.RegisteredCheckpoint.State;
import dev.palimpsest.registry.RegistryException.Reason;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.LeaseOwner;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints of one installation, and the only way into them. */
public final class CheckpointRegistry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointRegistry.class);

  /**
   * The file SHA256SUMS of a sender.
   *
   * @param folder in which it lies, as the sender's paths name it; "" for none
   * @param text what stands in it
   */
  public record SumsFile(String folder, String text) {}

  private final Database database;
  private final CheckpointRows rows;
  private final UploadRows uploadRows;
  private final CheckpointFiles files;
  private final UploadStore uploads;
  private final Assembly assembly;
  private final AllowedRoots roots;
  private final CheckpointCheck check;
  private final CheckRows checks;
  private final CheckLane lane;
  private final FreeSpace space;
  private final UploadTimes times;
  private final Clock clock;

  private final ScheduledExecutorService purging =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "upload-purge");
            thread.setDaemon(true);
            return thread;
          });

  private ScheduledFuture<?> nextPurge;

  public CheckpointRegistry(
      Database database,
      Path dataDir,
      AllowedRoots roots,
      CheckpointCheck check,
      FreeSpace space,
      UploadTimes times,
      Clock clock) {
    this.database = database;
    this.rows = new CheckpointRows(database);
    this.uploadRows = new UploadRows(database);
    this.files = new CheckpointFiles(database);
    this.assembly = new Assembly(dataDir);
    this.uploads = new UploadStore(uploadRows, assembly.uploads(), space, times, clock);
    this.times = times;
    this.roots = roots;
    this.check = check;
    this.space = space;
    this.clock = clock;
    this.checks = new CheckRows(database, LeaseOwner.ofThisProcess().text());
    CheckWork work =
        new CheckWork(
            rows,
            checks,
            uploads,
            new ArrivedFiles(checks, uploads, assembly),
            new SharedFiles(rows, files, assembly),
            assembly,
            roots,
            check,
            clock);
    this.lane = new CheckLane(checks, work, this::wake, clock);
  }

  /** Returns all checkpoints, newest first. */
  public List<RegisteredCheckpoint> list() {
    return rows.list();
  }

  /** Returns one checkpoint. */
  public Optional<RegisteredCheckpoint> find(String id) {
    return rows.find(id);
  }

  /** Returns one checkpoint, or fails with NOT_FOUND. */
  public RegisteredCheckpoint get(String id) {
    return rows.find(id)
        .orElseThrow(() -> new RegistryException(Reason.NOT_FOUND, "There is no such checkpoint."));
  }

  /** Returns the folders from which paths may be registered. */
  public AllowedRoots roots() {
    return roots;
  }

  /** Returns the uploads under way. */
  public UploadStore uploads() {
    return uploads;
  }

  /**
   * Adds a checkpoint that lies on this machine, where it lies; it is checked in the background.
   */
  public RegisteredCheckpoint registerPath(NewCheckpoint said, String path) {
    requireBase(said, false);
    RegisteredCheckpoint row =
        row(said, Origin.PATH, State.CHECKING, roots.resolve(path), 0, Ids.checkpoint());
    database.write(
        handle -> {
          rows.insert(handle, row, said.addedBy(), said.actor());
          checks.take(handle, row.id(), clock.instant());
        });
    lane.queue(row.id());
    return row;
  }

  /** Returns the files of a checkpoint that was read whole, with their digests. */
  public List<Manifest.Entry> files(String id) {
    return files.of(id);
  }

  /** Returns the other checkpoints that hold the same files, for those who may read of them. */
  public List<RegisteredCheckpoint> same(RegisteredCheckpoint checkpoint) {
    return checkpoint.digest().map(digest -> rows.same(checkpoint.id(), digest)).orElse(List.of());
  }

  /**
   * Says what dropped files could be added as.
   *
   * @param reader whether who asks may read of the checkpoints that are here; nothing of them is
   *     told otherwise
   */
  public Proposals propose(List<DroppedFile> dropped, boolean reader) {
    return Proposals.of(dropped, reader ? list() : List.of(), uploads::of);
  }

  /**
   * Adds a checkpoint whose files will be sent; nothing is made if one of them is refused. Its base
   * may be on its way, too. Whether a file's content is here already is neither asked nor told:
   * every byte is sent, whoever has sent the same before.
   *
   * @param sums what SHA256SUMS says, and in which folder of the sender it lies
   */
  public DeclaredUpload declare(
      NewCheckpoint said, List<ManifestEntry> plain, Optional<SumsFile> sums) {
    requireBase(said, true);
    List<ManifestEntry> entries =
        sums.map(file -> ExpectedSums.parse(file.text(), file.folder()).of(plain)).orElse(plain);
    UploadManifest manifest = UploadManifest.of(said.name(), entries);
    space.require(manifest.bytes() + uploads.reserved());
    String id = Ids.checkpoint();
    RegisteredCheckpoint row =
        row(
            said,
            Origin.UPLOAD,
            State.UPLOADING,
            assembly.place(id, said.name()),
            manifest.bytes(),
            id);
    List<DeclaredUpload.Wanted> wanted = new ArrayList<>();
    for (int i = 0; i < manifest.files().size(); i++) {
      wanted.add(new DeclaredUpload.Wanted(manifest.sources().get(i), upload(id, manifest, i)));
    }
    database.write(
        handle -> {
          rows.insert(handle, row, said.addedBy(), said.actor());
          uploadRows.insert(handle, wanted.stream().map(DeclaredUpload.Wanted::upload).toList());
        });
    finishIfWhole(id);
    return new DeclaredUpload(get(id), wanted, manifest.leftOut());
  }

  /**
   * Judges the beginning of a file under way; a checkpoint that cannot become one is rejected at
   * once.
   *
   * @return how many bytes from the beginning are needed to go on judging, or 0
   */
  public long judgeHead(UploadWriter writer, byte[] head) {
    Upload upload = writer.upload();
    try {
      return check.checkHead(upload.path(), upload.length(), head);
    } catch (CheckpointException broken) {
      writer.rollBack();
      if (rows.refuse(upload.checkpointId(), broken.getMessage())) {
        assembly.discard(upload.checkpointId());
      }
      throw broken;
    }
  }

  /**
   * Starts the check of an upload whose files are all whole; otherwise does nothing. What was tuned
   * from a base that is on its way waits for it.
   */
  public void finishIfWhole(String checkpointId) {
    if (uploads.of(checkpointId).stream().allMatch(Upload::isComplete)
        && !waitsForItsBase(checkpointId)
        && checks.begin(checkpointId, State.UPLOADING, clock.instant())) {
      lane.queue(checkpointId);
    }
  }

  private boolean waitsForItsBase(String checkpointId) {
    Optional<RegisteredCheckpoint> base =
        find(checkpointId).flatMap(RegisteredCheckpoint::baseId).flatMap(this::find);
    return base.map(RegisteredCheckpoint::state)
        .filter(state -> state == State.UPLOADING || state == State.CHECKING)
        .isPresent();
  }

  /** Goes on with what waited for a base that is ready or rejected now. */
  private void wake(String baseId) {
    for (RegisteredCheckpoint tuned : rows.tunedFrom(baseId)) {
      if (tuned.state() == State.UPLOADING) {
        finishIfWhole(tuned.id());
      }
    }
  }

  /** Starts the check of an upload; fails naming what is missing. */
  public void finish(String checkpointId) {
    get(checkpointId);
    Optional<Upload> missing =
        uploads.of(checkpointId).stream().filter(upload -> !upload.isComplete()).findFirst();
    if (missing.isPresent()) {
      Upload upload = missing.get();
      throw new RegistryException(
          Reason.CONFLICT,
          "The file "
              + upload.path()
              + " has "
              + upload.received()
              + " of "
              + upload.length()
              + " bytes; send the rest first.");
    }
    finishIfWhole(checkpointId);
  }

  /** Fails unless a checkpoint still takes files. */
  public void requireUploading(String checkpointId) {
    RegisteredCheckpoint checkpoint = get(checkpointId);
    if (checkpoint.state() == State.REJECTED) {
      throw new RegistryException(Reason.CONFLICT, checkpoint.problem().orElse("It was rejected."));
    }
    if (checkpoint.state() != State.UPLOADING) {
      throw new RegistryException(
          Reason.CONFLICT, "This upload is finished; nothing can be added to it.");
    }
  }

  /** Returns the checkpoints that were tuned from one; while there are any, it stays. */
  public List<RegisteredCheckpoint> tunedFrom(String id) {
    return rows.tunedFrom(id);
  }

  /** Returns the bytes that come back on disk when a checkpoint is removed. */
  public long room(RegisteredCheckpoint checkpoint) {
    return checkpoint.origin() == Origin.UPLOAD ? assembly.size(checkpoint.id()) : 0;
  }

  /**
   * Removes a checkpoint with what was uploaded of it; files that were registered where they lie
   * stay.
   *
   * @throws RegistryException if it is being checked, or others were tuned from it
   */
  public void remove(String id) {
    RegisteredCheckpoint checkpoint = get(id);
    List<Upload> files = uploads.of(id);
    if (!rows.delete(id)) {
      throw new RegistryException(Reason.CONFLICT, whyItStays(checkpoint));
    }
    uploads.end(files);
    if (checkpoint.origin() == Origin.UPLOAD) {
      assembly.remove(id);
    }
  }

  private String whyItStays(RegisteredCheckpoint checkpoint) {
    List<String> tuned = tunedFrom(checkpoint.id()).stream().map(one -> one.name()).toList();
    return tuned.isEmpty()
        ? "This checkpoint is being checked; remove it when that is over."
        : "It is the base of "
            + String.join(", ", tuned)
            + "; remove what was tuned from it first.";
  }

  /** Tells whether the files of a rejected checkpoint are still there to be looked at again. */
  public boolean canCheckAgain(RegisteredCheckpoint checkpoint) {
    boolean kept = checkpoint.origin() == Origin.PATH || assembly.holds(checkpoint.id());
    return checkpoint.state() == State.REJECTED && kept;
  }

  /** Checks a rejected checkpoint again, whose files were put right or could not be read. */
  public void checkAgain(String id) {
    if (!canCheckAgain(get(id)) || !checks.begin(id, State.REJECTED, clock.instant())) {
      throw new RegistryException(
          Reason.CONFLICT, "Its files are not here any more; add the checkpoint anew.");
    }
    lane.queue(id);
  }

  /** Goes on where a process that ended left off, and throws away uploads nobody continued. */
  public void recover() {
    purge();
    assembly.sweep(() -> list().stream().map(RegisteredCheckpoint::id).collect(Collectors.toSet()));
    lane.takeOver(!database.isShared());
    for (RegisteredCheckpoint checkpoint : list()) {
      if (checkpoint.state() == State.UPLOADING) {
        finishIfWhole(checkpoint.id());
      }
    }
    long every = times.purgeEvery().toMillis();
    nextPurge = purging.scheduleWithFixedDelay(this::purge, every, every, TimeUnit.MILLISECONDS);
  }

  /** Throws away what nobody continued; what cannot be thrown away now is tried again. */
  private void purge() {
    try {
      for (String id : uploads.expired()) {
        remove(id);
        LOG.info("the upload of checkpoint {} was not continued in time and is removed", id);
      }
    } catch (UserFacingException | UncheckedIOException later) {
      LOG.warn("expired uploads are not removed yet: {}", later.getMessage());
    }
  }

  @Override
  public void close() {
    uploads.close();
    if (nextPurge != null) {
      nextPurge.cancel(false);
    }
    purging.shutdown();
    lane.close();
  }

  private void requireBase(NewCheckpoint said, boolean mayBeOnItsWay) {
    if (said.baseId().isEmpty()) {
      return;
    }
    boolean usable =
        said.baseId()
            .flatMap(this::find)
            .filter(base -> base.kind() != Kind.ADAPTER)
            .filter(base -> base.isReady() || (mayBeOnItsWay && base.state() != State.REJECTED))
            .isPresent();
    if (!usable) {
      throw new RegistryException(
          Reason.INVALID, "The base you chose is not there or not ready; choose another.");
    }
  }

  private RegisteredCheckpoint row(
      NewCheckpoint said, Origin origin, State state, Path location, long bytes, String id) {
    return new RegisteredCheckpoint(
        id,
        said.name(),
        said.kind(),
        said.baseId(),
        origin,
        location,
        bytes,
        Optional.empty(),
        Optional.empty(),
        state,
        Optional.empty(),
        Instant.now(clock));
  }

  private Upload upload(String checkpointId, UploadManifest manifest, int index) {
    ManifestEntry file = manifest.files().get(index);
    return new Upload(
        Ids.upload(),
        checkpointId,
        file.path(),
        file.size(),
        0,
        file.modified(),
        file.sha256(),
        uploads.nextExpiry());
  }
}
