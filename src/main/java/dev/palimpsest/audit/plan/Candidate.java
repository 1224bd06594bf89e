package dev.palimpsest.audit.plan;

import dev.palimpsest.Wording;
import dev.palimpsest.checkpoint.CheckpointKind;
import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.HubCache;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A checkpoint or adapter to put into a plan.
 *
 * @param name what people call it
 * @param path the model folder, GGUF file or adapter folder
 * @param inspected what an earlier inspection found there, if there was one: planning takes its
 *     word, and the job reads the files and refuses others
 * @param model for an adapter that is the base: the model that it is applied over
 */
public record Candidate(
    String name, Path path, Optional<Inspected> inspected, Optional<Path> model) {
  private static final String GGUF = ".gguf";
  private static final int MAX_NAME = 200;

  /**
   * What an inspection found.
   *
   * @param kind of the checkpoint
   * @param digest its manifest's root, lower-case hex sha256
   */
  public record Inspected(CheckpointKind kind, String digest) {
    public Inspected {
      Objects.requireNonNull(kind, "kind is null");
      Objects.requireNonNull(digest, "digest is null");
    }
  }

  public Candidate {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(path, "path is null");
    Objects.requireNonNull(inspected, "inspected is null");
    Objects.requireNonNull(model, "model is null");
  }

  /** Names a checkpoint that stands for itself, or an adapter of the audit's base. */
  public Candidate(String name, Path path, Optional<Inspected> inspected) {
    this(name, path, inspected, Optional.empty());
  }

  /** Names an adapter over a model, to be the base of what was tuned from it. */
  public static Candidate of(Path model, Path adapter) {
    return new Candidate(of(adapter).name(), adapter, Optional.empty(), Optional.of(model));
  }

  /** Names a checkpoint that nobody has looked at yet; planning reads it whole. */
  public Candidate(String name, Path path) {
    this(name, path, Optional.empty());
  }

  /** Returns the same checkpoint by another name. */
  Candidate named(String other) {
    return new Candidate(other, path, inspected, model);
  }

  /** Names a checkpoint after its file or folder. */
  public static Candidate of(Path path) {
    String name = CheckpointLocation.nameOf(HubCache.pinned(path.toAbsolutePath().normalize()));
    String bare = name.endsWith(GGUF) ? name.substring(0, name.length() - GGUF.length()) : name;
    return new Candidate(Wording.readable(bare, MAX_NAME), path);
  }
}
