package dev.palimpsest.registry;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A checkpoint as the registry knows it.
 *
 * @param id short, unique, safe in a URL
 * @param name what people call it, unique
 * @param kind what it is for
 * @param baseId the registered base it was tuned from, if it was told
 * @param origin how it came
 * @param location the folder or GGUF file; while UPLOADING, where it will be
 * @param bytes size of all files
 * @param digest root digest, lower-case hex sha256, once READY
 * @param inspection what the inspection found, as JSON, once checked
 * @param state where it is on its way
 * @param problem why it was rejected, one sentence
 * @param createdAt when it was declared
 */
public record RegisteredCheckpoint(
    String id,
    String name,
    Kind kind,
    Optional<String> baseId,
    Origin origin,
    Path location,
    long bytes,
    Optional<String> digest,
    Optional<String> inspection,
    State state,
    Optional<String> problem,
    Instant createdAt) {
  /** What a checkpoint is for. */
  public enum Kind {
    /** What others were tuned from. */
    BASE,
    /** A fine-tune with all its weights. */
    FULL,
    /** A LoRA adapter over a base. */
    ADAPTER
  }

  /** How a checkpoint came. */
  public enum Origin {
    UPLOAD,
    PATH
  }

  /** Where a checkpoint is on its way. */
  public enum State {
    /** Files are missing; it cannot be used. */
    UPLOADING,
    /** All files are there; digest and inspection are under way. */
    CHECKING,
    READY,
    /** It cannot be used; the reason is in the problem. */
    REJECTED
  }

  public RegisteredCheckpoint {
    Objects.requireNonNull(id, "id is null");
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(kind, "kind is null");
    Objects.requireNonNull(baseId, "baseId is null");
    Objects.requireNonNull(origin, "origin is null");
    Objects.requireNonNull(location, "location is null");
    Objects.requireNonNull(digest, "digest is null");
    Objects.requireNonNull(inspection, "inspection is null");
    Objects.requireNonNull(state, "state is null");
    Objects.requireNonNull(problem, "problem is null");
    Objects.requireNonNull(createdAt, "createdAt is null");
  }

  /** Tells whether it can be audited. */
  public boolean isReady() {
    return state == State.READY;
  }
}
