package dev.palimpsest.registry;

import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.HubCache;
import dev.palimpsest.registry.RegistryException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folders from which a path may be registered. Both sides are compared after every symbolic
 * link is followed, so a link inside a root leads nowhere outside it.
 */
public final class AllowedRoots {
  private final List<Path> roots;

  private AllowedRoots(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  /** Returns the given folders as roots; fails if one of them is not a folder. */
  public static AllowedRoots of(List<Path> folders) {
    List<Path> roots = new ArrayList<>();
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        throw new RegistryException(
            Reason.INVALID,
            "The root " + folder + " is not a folder; give --root an existing one.");
      }
      roots.add(real(folder));
    }
    return new AllowedRoots(roots);
  }

  /** Returns the roots, canonical. */
  public List<Path> list() {
    return roots;
  }

  /**
   * Returns the canonical path of what a person typed.
   *
   * @throws RegistryException if it is not under a root, not there, or neither a folder nor a plain
   *     file
   */
  public Path resolve(String typed) {
    Path path = parse(typed.strip(), "checkpoint");
    Path real = allowed(path);
    if (!Files.isDirectory(real) && !Files.isRegularFile(real)) {
      throw new RegistryException(
          Reason.INVALID, "There is no folder or file " + real + "; check the path.");
    }
    return inCache(CheckpointLocation.real(path));
  }

  /**
   * Returns the canonical path of a plain file that a person typed.
   *
   * @throws RegistryException if it is not under a root, or no plain file
   */
  public Path file(String typed) {
    Path real = allowed(parse(typed.strip(), "file"));
    if (!Files.isRegularFile(real)) {
      throw new RegistryException(Reason.INVALID, "There is no file " + real + "; check the path.");
    }
    return real;
  }

  private Path allowed(Path path) {
    if (roots.isEmpty()) {
      throw new RegistryException(
          Reason.INVALID,
          "No folder is open for registering; start the server with --root and the folder that holds"
              + " your checkpoints.");
    }
    // The same sentence whether it exists or not: outside the roots nothing is told.
    Path real = Files.exists(path) ? real(path) : path.toAbsolutePath().normalize();
    if (roots.stream().noneMatch(real::startsWith)) {
      throw new RegistryException(
          Reason.INVALID,
          "That path is not inside a folder the server was allowed to read; use one under "
              + String.join(", ", roots.stream().map(Path::toString).toList())
              + ".");
    }
    return real;
  }

  /** Files of the Hugging Face cache are links into their repository, which must be open too. */
  private Path inCache(Path checkpoint) {
    Optional<Path> repository = HubCache.repositoryOf(checkpoint);
    if (repository.isPresent() && roots.stream().noneMatch(repository.get()::startsWith)) {
      throw new RegistryException(
          Reason.INVALID,
          "The files of a snapshot in the Hugging Face cache are links into the blobs beside it,"
              + " outside the folders the server was allowed to read; start it with --root and the"
              + " folder "
              + repository.get().getFileName()
              + " or one above it.");
    }
    return checkpoint;
  }

  private static Path parse(String typed, String what) {
    try {
      Path path = Path.of(typed);
      if (!typed.isEmpty() && path.isAbsolute()) {
        return path;
      }
    } catch (InvalidPathException notAPath) {
      // Falls through: the sentence is the same.
    }
    throw new RegistryException(
        Reason.INVALID,
        "Give the full path of the " + what + " on the server, beginning with '/'.");
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException failure) {
      throw new RegistryException(
          Reason.INVALID, "The path " + path + " cannot be read; check its permissions.");
    }
  }
}
