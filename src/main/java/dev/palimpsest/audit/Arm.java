package dev.palimpsest.audit;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A checkpoint and how it is run.
 *
 * @param name what people call it; unique within an audit
 * @param role what it stands for in the comparison
 * @param checkpoint the model folder or GGUF file that is loaded; for an adapter, its base
 * @param adapter the PEFT adapter folder applied over {@code checkpoint}, if any
 * @param digest root digest of the tuned thing (checkpoint or adapter), lower-case hex sha256
 * @param baseDigest root digest of {@code checkpoint}; equal to {@code digest} where there is no
 *     adapter
 */
public record Arm(
    String name,
    Role role,
    Path checkpoint,
    Optional<Path> adapter,
    String digest,
    String baseDigest) {
  /** What an arm stands for in the comparison. */
  public enum Role {
    BASE,
    TUNED,
    CONTROL
  }

  public Arm {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(role, "role is null");
    Objects.requireNonNull(checkpoint, "checkpoint is null");
    Objects.requireNonNull(adapter, "adapter is null");
    Objects.requireNonNull(digest, "digest is null");
    Objects.requireNonNull(baseDigest, "baseDigest is null");
  }
}
