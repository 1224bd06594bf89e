package dev.palimpsest.audit;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A checkpoint or adapter to put into a plan.
 *
 * @param name what people call it
 * @param path the model folder, GGUF file or adapter folder
 */
public record Candidate(String name, Path path) {
  private static final String GGUF = ".gguf";

  public Candidate {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(path, "path is null");
  }

  /** Names a checkpoint after its file or folder. */
  public static Candidate of(Path path) {
    Path last = path.toAbsolutePath().normalize().getFileName();
    String name = last == null ? path.toString() : last.toString();
    return new Candidate(
        name.endsWith(GGUF) ? name.substring(0, name.length() - GGUF.length()) : name, path);
  }
}
