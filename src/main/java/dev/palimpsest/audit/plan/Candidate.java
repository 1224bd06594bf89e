package dev.palimpsest.audit.plan;

import dev.palimpsest.Wording;
import dev.palimpsest.checkpoint.CheckpointKind;
import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.HubCache;
import dev.palimpsest.inference.AdapterAtScale;
import dev.palimpsest.inference.EndpointAddress;
import java.nio.file.Files;
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
 * @param scale what an adapter's alpha is multiplied by; empty for as it was trained
 * @param endpoint the server that it is asked behind; then {@code path} is no file
 */
public record Candidate(
    String name,
    Path path,
    Optional<Inspected> inspected,
    Optional<Path> model,
    Optional<Double> scale,
    Optional<EndpointAddress> endpoint) {
  private static final String GGUF = ".gguf";
  private static final int MAX_NAME = 200;
  private static final double LARGEST_SCALE = 10;

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
    Objects.requireNonNull(endpoint, "endpoint is null");
    if (scale.isPresent() && !(scale.get() > 0 && scale.get() <= LARGEST_SCALE)) {
      throw new PlanException(
          "The scale of %s is %s; it should be above 0 and at most 10, 1 for as it was trained."
              .formatted(name, scale.get()));
    }
  }

  /** Names a checkpoint or adapter as it was trained. */
  public Candidate(String name, Path path, Optional<Inspected> inspected, Optional<Path> model) {
    this(name, path, inspected, model, Optional.empty(), Optional.empty());
  }

  /** Names a model behind a server. */
  public static Candidate of(EndpointAddress endpoint) {
    String model = endpoint.model().isEmpty() ? endpoint.uri().getHost() : endpoint.model();
    return new Candidate(
        Wording.readable(model, MAX_NAME),
        Path.of("/endpoint", endpoint.uri().getAuthority().replaceAll("[^A-Za-z0-9.]", "_")),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(endpoint));
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
    return new Candidate(other, path, inspected, model, scale, endpoint);
  }

  /** Returns the same checkpoint with what was found there. */
  Candidate as(Inspected found) {
    return new Candidate(name, path, Optional.of(found), model, scale, endpoint);
  }

  /** Returns the same adapter with its alpha multiplied. */
  public Candidate at(double wanted) {
    return new Candidate(name, path, inspected, model, Optional.of(wanted), endpoint);
  }

  /** Returns the name with the scale, "sql@0.5"; the name alone at scale 1. */
  String scaledName() {
    return scale.map(x -> new AdapterAtScale(name, x).toString()).orElse(name);
  }

  /**
   * Names a checkpoint by what was typed: a path, or that of an adapter with {@code @} and a scale
   * behind it. A path that exists as it is typed is taken as it is.
   */
  public static Candidate parse(String typed) {
    AdapterAtScale at = AdapterAtScale.parse(typed);
    Path whole = Path.of(typed);
    boolean scaled = !at.name().equals(typed) && !Files.exists(whole);
    return scaled ? of(Path.of(at.name())).at(at.scale()) : of(whole);
  }

  /** Names a checkpoint after its file or folder. */
  public static Candidate of(Path path) {
    String name = CheckpointLocation.nameOf(HubCache.pinned(path.toAbsolutePath().normalize()));
    String bare = name.endsWith(GGUF) ? name.substring(0, name.length() - GGUF.length()) : name;
    return new Candidate(Wording.readable(bare, MAX_NAME), path);
  }
}
