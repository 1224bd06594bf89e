package dev.palimpsest.registry;

import dev.palimpsest.checkpoint.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Judges the files of a checkpoint: what they are, their digest, and what speaks against them. */
public interface CheckpointCheck {
  /**
   * What a check found.
   *
   * @param digest root digest, lower-case hex sha256
   * @param bytes size of all files
   * @param adapter whether it is an adapter
   * @param files what the digest covers
   * @param inspection what it is, as JSON for pages
   * @param problem why it cannot be used, if it cannot
   */
  record Outcome(
      String digest,
      long bytes,
      boolean adapter,
      List<Manifest.Entry> files,
      String inspection,
      Optional<String> problem) {
    public Outcome {
      files = List.copyOf(files);
    }
  }

  /**
   * Reads a checkpoint whole.
   *
   * @param location folder or GGUF file
   * @param base where the base is that an adapter is for
   */
  Outcome check(Path location, Optional<Path> base);

  /**
   * Looks at the beginning of a file that is being uploaded.
   *
   * @param name the file's path within the checkpoint
   * @param length bytes the file will have
   * @param head its first bytes, as many as there are, at most {@link #HEAD}
   * @return how many more bytes from the beginning it needs to decide, or 0 when it has nothing to
   *     say against it
   * @throws dev.palimpsest.checkpoint.CheckpointException if the file cannot be what it says
   */
  long checkHead(String name, long length, byte[] head);

  /** The most bytes of a file's beginning that are looked at. */
  int HEAD = 32 << 20;
}
