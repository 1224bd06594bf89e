package dev.palimpsest.registry;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.registry.RegisteredCheckpoint.Kind;
import dev.palimpsest.registry.RegisteredCheckpoint.Origin;
import dev.palimpsest.registry.RegisteredCheckpoint.State;
import dev.palimpsest.registry.RegistryException.Reason;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The check of one checkpoint: what arrived is held against its sums and put into place, read
 * whole, and what the files say is settled. Its lease is asked for before files are moved or thrown
 * away, and settling holds only under it.
 */
final class CheckWork {
  private static final Logger LOG = LoggerFactory.getLogger(CheckWork.class);

  private final CheckpointRows rows;
  private final CheckRows checks;
  private final UploadStore uploads;
  private final ArrivedFiles arrived;
  private final SharedFiles shared;
  private final Assembly assembly;
  private final AllowedRoots roots;
  private final CheckpointCheck check;
  private final Clock clock;

  CheckWork(
      CheckpointRows rows,
      CheckRows checks,
      UploadStore uploads,
      ArrivedFiles arrived,
      SharedFiles shared,
      Assembly assembly,
      AllowedRoots roots,
      CheckpointCheck check,
      Clock clock) {
    this.rows = rows;
    this.checks = checks;
    this.uploads = uploads;
    this.arrived = arrived;
    this.shared = shared;
    this.assembly = assembly;
    this.roots = roots;
    this.check = check;
    this.clock = clock;
  }

  /**
   * Checks a checkpoint.
   *
   * @param closing whether this process ends, which says nothing against the files
   * @return whether it is ready or rejected now, and by this process
   */
  boolean run(String id, BooleanSupplier closing) {
    Optional<RegisteredCheckpoint> checkpoint = isHeld(id) ? rows.find(id) : Optional.empty();
    try {
      return checkpoint.isPresent() && check(checkpoint.get());
    } catch (UserFacingException notJudged) {
      return !closing.getAsBoolean() && checks.rejected(id, notJudged.getMessage(), null);
    } catch (RuntimeException failure) {
      if (closing.getAsBoolean()) {
        return false;
      }
      LOG.error("checking checkpoint {} failed", id, failure);
      return checks.rejected(
          id, "Its files could not be read; check the disk and permissions, then try again.", null);
    }
  }

  private boolean check(RegisteredCheckpoint checkpoint) {
    String id = checkpoint.id();
    boolean uploaded = checkpoint.origin() == Origin.UPLOAD;
    if (uploaded && (!arrived.areAsTheyWereSaidToBe(id) || !isHeld(id))) {
      return false;
    }
    Path location =
        uploaded
            ? assembly.assemble(id, checkpoint.name(), uploads.of(id))
            : roots.resolve(checkpoint.location().toString());
    Optional<RegisteredCheckpoint> base = checkpoint.baseId().flatMap(rows::find);
    base.ifPresent(CheckWork::requireSound);
    return judge(checkpoint, location, base.map(RegisteredCheckpoint::location));
  }

  private boolean isHeld(String id) {
    return checks.renew(id, clock.instant());
  }

  private static void requireSound(RegisteredCheckpoint base) {
    if (base.state() == State.REJECTED) {
      throw new RegistryException(
          Reason.CONFLICT,
          "Its base "
              + base.name()
              + " was rejected; put that right first, then check this one again.");
    }
  }

  /** Settles what the files say; a failure to read them at all says nothing against them. */
  private boolean judge(RegisteredCheckpoint checkpoint, Path location, Optional<Path> base) {
    try {
      return settle(checkpoint, location, check.check(location, base));
    } catch (CheckpointException refused) {
      return reject(checkpoint, refused.getMessage(), null);
    }
  }

  private boolean settle(
      RegisteredCheckpoint checkpoint, Path location, CheckpointCheck.Outcome outcome) {
    boolean adapter = checkpoint.kind() == Kind.ADAPTER;
    Optional<String> problem = outcome.problem();
    if (problem.isEmpty() && adapter != outcome.adapter()) {
      problem =
          Optional.of(
              adapter
                  ? "It was added as an adapter and holds a whole model; add it as a full"
                      + " fine-tune."
                  : "It was added as a whole model and holds an adapter; add it as an adapter.");
    }
    if (problem.isPresent()) {
      return reject(checkpoint, problem.get(), outcome.inspection());
    }
    boolean ready = checks.ready(checkpoint.id(), location, outcome);
    if (ready && checkpoint.origin() == Origin.UPLOAD) {
      share(checkpoint, outcome);
    }
    return ready;
  }

  /** A checkpoint that is ready stays so, though its files may lie on the disk twice. */
  private void share(RegisteredCheckpoint checkpoint, CheckpointCheck.Outcome outcome) {
    try {
      shared.share(checkpoint, outcome.files());
    } catch (UserFacingException | UncheckedIOException notShared) {
      LOG.warn("files of {} are not shared: {}", checkpoint.id(), notShared.getMessage());
    }
  }

  /** Files that were uploaded and cannot be used are not kept; those of a path are not ours. */
  private boolean reject(RegisteredCheckpoint checkpoint, String problem, String inspection) {
    if (!isHeld(checkpoint.id())) {
      return false;
    }
    // Removed first: a rejected checkpoint whose files are there may be checked again.
    if (checkpoint.origin() == Origin.UPLOAD) {
      assembly.remove(checkpoint.id());
    }
    return checks.rejected(checkpoint.id(), problem, inspection);
  }
}
