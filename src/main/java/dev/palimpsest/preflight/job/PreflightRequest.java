package dev.palimpsest.preflight.job;

import dev.palimpsest.inference.PairSpec;
import dev.palimpsest.preflight.facts.FactMode;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody wants to know of a training file.
 *
 * @param base the checkpoint that is tuned
 * @param baseDigest tells the base's files from others
 * @param paddedWithEnd whether its padding token is its end token
 * @param tuned what was tuned on the file; empty before the tune
 * @param file the training file
 * @param mostTokens tokens of a row that the trainer keeps
 * @param facts how the base is asked for the file's facts
 * @param author who asks
 */
public record PreflightRequest(
    Checkpoint base,
    String baseDigest,
    boolean paddedWithEnd,
    Optional<Checkpoint> tuned,
    Path file,
    int mostTokens,
    FactMode facts,
    String author) {
  /**
   * A registered checkpoint.
   *
   * @param id of its registration
   */
  public record Checkpoint(String id, String name, Path path) {
    public Checkpoint {
      Objects.requireNonNull(id, "id is null");
      Objects.requireNonNull(name, "name is null");
      Objects.requireNonNull(path, "path is null");
    }
  }

  public PreflightRequest {
    Objects.requireNonNull(base, "base is null");
    Objects.requireNonNull(baseDigest, "baseDigest is null");
    Objects.requireNonNull(tuned, "tuned is null");
    Objects.requireNonNull(file, "file is null");
    Objects.requireNonNull(facts, "facts is null");
    Objects.requireNonNull(author, "author is null");
  }

  /** Returns the base as it is loaded. */
  PairSpec.Side side() {
    return PairSpec.Side.of(base.path());
  }
}
