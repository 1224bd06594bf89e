package dev.palimpsest.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The layout in which huggingface_hub keeps what it downloads.
 *
 * <p>A repository is a folder {@code models--ORG--NAME} with {@code blobs} (the files by digest),
 * {@code refs} (which commit a branch stands for) and {@code snapshots/COMMIT}, whose files are
 * relative links into {@code blobs}.
 */
public final class HubCache {
  private static final Pattern REPOSITORY = Pattern.compile("(models|datasets|spaces)--[^/]+");
  private static final String SNAPSHOTS = "snapshots";
  private static final String MAIN = "refs/main";
  private static final int LONGEST_COMMIT = 64;
  private static final int MAX_NAMED = 5;

  private HubCache() {}

  /**
   * Returns the snapshot that a repository's folder stands for: that of {@code refs/main}, or the
   * only one. Any other path is returned as it is.
   *
   * @param path without symbolic links
   * @throws CheckpointException if there is no snapshot, or several of which none is main
   */
  public static Path chosen(Path path) {
    Path repository = isSnapshots(path) ? path.getParent() : path;
    if (!isRepository(repository) || !isFolder(repository.resolve(SNAPSHOTS))) {
      return path;
    }
    List<Path> snapshots = snapshots(repository);
    Optional<Path> main =
        main(repository).flatMap(c -> snapshots.stream().filter(s -> last(s).equals(c)).findAny());
    if (main.isPresent() || snapshots.size() == 1) {
      return main.orElseGet(() -> snapshots.get(0));
    }
    throw new CheckpointException(
        last(repository), snapshots.isEmpty() ? nothing(repository) : several(path, snapshots));
  }

  /**
   * Returns the snapshot that a path stands for now where it is a repository's folder, so that a
   * later download changes nothing; any other path is returned as it is.
   */
  public static Path pinned(Path path) {
    try {
      Path real = path.toRealPath();
      Path chosen = chosen(real);
      return chosen.equals(real) ? path : chosen;
    } catch (IOException e) {
      return path; // whoever opens it says what is wrong
    }
  }

  /** Returns the repository's folder that a snapshot, or a file in it, lies in. */
  public static Optional<Path> repositoryOf(Path path) {
    for (Path folder = path; folder != null; folder = folder.getParent()) {
      if (isSnapshot(folder)) {
        return Optional.of(folder.getParent().getParent());
      }
    }
    return Optional.empty();
  }

  /** Says whether a path is that of a snapshot, by its name alone. */
  static boolean isSnapshot(Path path) {
    return path.getParent() != null && isSnapshots(path.getParent());
  }

  /** Says whether a folder is a repository's, by its name alone. */
  static boolean isRepository(Path folder) {
    return REPOSITORY.matcher(last(folder)).matches();
  }

  /** Returns the name of the repository that a snapshot is of, without its owner's. */
  static String nameOf(Path snapshot) {
    String repository = last(snapshot.getParent().getParent());
    return repository.substring(repository.lastIndexOf("--") + 2);
  }

  /** Returns the sentence that says which of a repository's snapshots this is. */
  public static Optional<String> describe(Path snapshot) {
    if (!isSnapshot(snapshot)) {
      return Optional.empty();
    }
    Path repository = snapshot.getParent().getParent();
    int count = snapshots(repository).size();
    return Optional.of(
        "is revision %s of %s in the Hugging Face cache, %s"
            .formatted(
                Printable.text(last(snapshot)),
                Printable.text(identifier(repository)),
                count == 1 ? "the only one there" : "one of " + count + " there"));
  }

  /** Returns the advice to complete a download; empty where the path is in no repository. */
  public static Optional<String> completion(Path path) {
    return repositoryOf(path)
        .map(
            repository ->
                "the download is not complete, go on with it: hf download %s%s --revision %s"
                    .formatted(
                        Printable.text(identifier(repository)),
                        kindOption(repository),
                        Printable.text(last(repository.resolve(SNAPSHOTS).relativize(path), 0))));
  }

  private static String kindOption(Path repository) {
    String kind = last(repository).split("--", 2)[0];
    return kind.equals("models") ? "" : " --repo-type " + kind.substring(0, kind.length() - 1);
  }

  /** Returns ORG/NAME, or NAME of a repository that has no owner. */
  static String identifier(Path repository) {
    String[] parts = last(repository).split("--", 3);
    return parts.length == 3 ? parts[1] + "/" + parts[2] : parts[1];
  }

  private static boolean isSnapshots(Path path) {
    return last(path).equals(SNAPSHOTS)
        && path.getParent() != null
        && isRepository(path.getParent());
  }

  private static List<Path> snapshots(Path repository) {
    return CheckpointLocation.list(repository.resolve(SNAPSHOTS)).stream()
        .filter(HubCache::isFolder)
        .toList();
  }

  /** Reads the commit that main stands for; what is not there or no commit stands for none. */
  private static Optional<String> main(Path repository) {
    Path ref = repository.resolve(MAIN);
    try {
      boolean plain = Files.isRegularFile(ref, LinkOption.NOFOLLOW_LINKS);
      return plain && Files.size(ref) <= LONGEST_COMMIT + 1
          ? Optional.of(Files.readString(ref).strip())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String nothing(Path repository) {
    return "holds no snapshot; the download is not complete, go on with it: hf download "
        + Printable.text(identifier(repository));
  }

  private static String several(Path path, List<Path> snapshots) {
    List<String> names =
        snapshots.stream().map(s -> path.relativize(s).toString()).limit(MAX_NAMED).toList();
    return "holds %d revisions and refs/main names none of them; give the path of the one that is meant below it: %s"
        .formatted(snapshots.size(), Printable.text(String.join(", ", names)));
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static String last(Path path) {
    return last(path, path.getNameCount() - 1);
  }

  private static String last(Path path, int part) {
    return part < 0 ? "" : path.getName(part).toString();
  }
}
