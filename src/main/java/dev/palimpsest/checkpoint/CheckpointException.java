package dev.palimpsest.checkpoint;

import dev.palimpsest.UserFacingException;
import java.util.Objects;

/** A checkpoint file that cannot be used, with where and why, as one sentence. */
public final class CheckpointException extends UserFacingException {
  private final String file;

  /**
   * Creates the failure.
   *
   * @param file the file's name relative to the checkpoint, as the user knows it
   * @param message one sentence: what is wrong and what to do
   */
  public CheckpointException(String file, String message) {
    super(file + ": " + message);
    this.file = Objects.requireNonNull(file, "file is null");
  }

  /** Returns the file's name relative to the checkpoint. */
  public String file() {
    return file;
  }
}
