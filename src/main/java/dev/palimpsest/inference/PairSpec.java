package dev.palimpsest.inference;

import dev.palimpsest.checkpoint.CheckpointKind;
import dev.palimpsest.checkpoint.CheckpointLocation;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Two models to be loaded together: a base, and what was tuned from it.
 *
 * @param base the model that the other one is compared with
 * @param tuned the other one; where both are adapters of one checkpoint, or one is the checkpoint
 *     itself, its weights are loaded once
 * @param dtype the type the forward passes compute in
 */
public record PairSpec(Side base, Side tuned, DType dtype) {
  /**
   * One of the two.
   *
   * @param checkpoint a Hugging Face folder or a GGUF file
   * @param adapter what is applied over it
   * @param scale what the adapter's alpha is multiplied by; 1 as it was trained
   */
  public record Side(Path checkpoint, Optional<Path> adapter, double scale) {
    public Side {
      Objects.requireNonNull(checkpoint, "checkpoint is null");
      Objects.requireNonNull(adapter, "adapter is null");
      if (!Double.isFinite(scale)) {
        throw new DecoderException("An adapter's scale should be a finite number.");
      }
    }

    /** Names a checkpoint as it is. */
    public static Side of(Path checkpoint) {
      return new Side(checkpoint, Optional.empty(), 1);
    }

    /** Names an adapter over a checkpoint, at a scale. */
    public static Side of(Path checkpoint, Path adapter, double scale) {
      return new Side(checkpoint, Optional.of(adapter), scale);
    }
  }

  public PairSpec {
    Objects.requireNonNull(base, "base is null");
    Objects.requireNonNull(tuned, "tuned is null");
    Objects.requireNonNull(dtype, "dtype is null");
  }

  /**
   * Names a base and what was tuned from it: an adapter, as it was trained, or a checkpoint of its
   * own.
   *
   * @throws dev.palimpsest.checkpoint.CheckpointException if nothing of the kind is there
   */
  public static PairSpec of(Path base, Path tuned, DType dtype) {
    return of(Side.of(base), tuned, 1, dtype);
  }

  /**
   * Names a base, which may have an adapter of its own, and what was tuned from it.
   *
   * @param tuned an adapter of the base's checkpoint, or a checkpoint of its own
   * @param scale of the adapter; 1 for any other checkpoint
   * @throws dev.palimpsest.checkpoint.CheckpointException if nothing of the kind is there
   */
  public static PairSpec of(Side base, Path tuned, double scale, DType dtype) {
    boolean adapter = CheckpointLocation.of(tuned).kind() == CheckpointKind.ADAPTER;
    Side other = adapter ? Side.of(base.checkpoint(), tuned, scale) : Side.of(tuned);
    return new PairSpec(base, other, dtype);
  }
}
