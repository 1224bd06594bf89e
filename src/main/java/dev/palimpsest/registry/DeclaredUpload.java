package dev.palimpsest.registry;

import java.util.List;

/**
 * What became of a list of files somebody wants to upload.
 *
 * @param checkpoint the checkpoint that was made, UPLOADING
 * @param files one upload per file that is wanted
 * @param leftOut the sender's paths of files that are not wanted
 */
public record DeclaredUpload(
    RegisteredCheckpoint checkpoint, List<Wanted> files, List<String> leftOut) {
  /**
   * A file that is wanted.
   *
   * @param source its path as the sender knows it
   * @param upload where it goes
   */
  public record Wanted(String source, Upload upload) {}

  public DeclaredUpload {
    files = List.copyOf(files);
    leftOut = List.copyOf(leftOut);
  }
}
