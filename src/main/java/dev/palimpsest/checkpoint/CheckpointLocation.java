package dev.palimpsest.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Finds out what a path holds, by names alone; only a GGUF file is looked into, as it may be an
 * adapter.
 *
 * @param path the folder, or the GGUF file, without symbolic links
 * @param kind what it holds
 */
public record CheckpointLocation(Path path, CheckpointKind kind) {
  /** The file with the configuration of a model. */
  public static final String CONFIG = "config.json";

  /** How many folders a failure names. */
  private static final int MAX_NAMED = 5;

  /** The file with the configuration of an adapter. */
  public static final String ADAPTER_CONFIG = "adapter_config.json";

  /**
   * Finds out what lies there; symbolic links to it are followed. A repository of the Hugging Face
   * cache stands for its snapshot.
   *
   * @throws CheckpointException if there is no checkpoint, or a file that is never opened
   */
  public static CheckpointLocation of(Path path) {
    Path real = real(path);
    return Files.isDirectory(real) ? ofFolder(real) : ofFile(real);
  }

  /** Returns the name of the folder or file. */
  public String name() {
    return nameOf(path);
  }

  /**
   * Returns the last part of a path, of a snapshot in the Hugging Face cache the repository's name;
   * the path itself where it has none.
   */
  public static String nameOf(Path path) {
    if (HubCache.isSnapshot(path)) {
      return HubCache.nameOf(path);
    }
    return path.getFileName() == null ? path.toString() : path.getFileName().toString();
  }

  /**
   * Returns where a path leads when symbolic links are followed; a file that is a link in a
   * snapshot of the Hugging Face cache keeps its name, as its blob has none, and a repository there
   * stands for its snapshot.
   *
   * @throws CheckpointException if there is nothing
   */
  public static Path real(Path path) {
    try {
      Path real = path.toRealPath();
      Path folder = path.toAbsolutePath().getParent();
      boolean named = Files.isSymbolicLink(path) && Files.isRegularFile(real) && folder != null;
      Path link = named ? folder.toRealPath().resolve(path.getFileName()) : real;
      return HubCache.repositoryOf(link).isPresent() ? link : HubCache.chosen(real);
    } catch (NoSuchFileException e) {
      throw missing(path);
    } catch (IOException e) {
      throw new CheckpointException(
          path.toString(), "does not exist or may not be read; check the path");
    }
  }

  private static CheckpointException missing(Path path) {
    if (path.startsWith("~")) {
      return new CheckpointException(
          path.toString(), "begins with ~, which no shell has replaced here; give the full path");
    }
    boolean dangling = Files.isSymbolicLink(path);
    return new CheckpointException(
        path.toString(),
        dangling
            ? "is a symbolic link to a file that is not there; "
                + HubCache.completion(path.toAbsolutePath().normalize())
                    .orElse("put the file itself there")
            : "does not exist or may not be read; check the path");
  }

  private static CheckpointLocation ofFile(Path file) {
    String name = nameOf(file);
    if (endsWith(file, ".gguf")) {
      return new CheckpointLocation(file, GgufKind.of(file));
    }
    if (endsWith(file, ".safetensors") || name.equals(CONFIG) || name.equals(ADAPTER_CONFIG)) {
      throw new CheckpointException(name, "is one file of a checkpoint; give the folder it is in");
    }
    FileRole role = FileRole.of(name);
    if (role.isRefused()) {
      throw new CheckpointException(name, role.refusal());
    }
    throw new CheckpointException(
        name, "is no checkpoint; give a folder with config.json and safetensors, or a .gguf file");
  }

  private static CheckpointLocation ofFolder(Path folder) {
    List<Path> files = list(folder);
    if (files.isEmpty()) {
      throw new CheckpointException(
          nameOf(folder), "is an empty folder; put config.json and *.safetensors files there");
    }
    if (has(files, ADAPTER_CONFIG) || files.stream().anyMatch(CheckpointLocation::isAdapterPart)) {
      return new CheckpointLocation(folder, CheckpointKind.ADAPTER);
    }
    List<Path> ggufs = files.stream().filter(file -> endsWith(file, ".gguf")).toList();
    boolean safetensors = files.stream().anyMatch(file -> endsWith(file, ".safetensors"));
    if (safetensors || (has(files, CONFIG) && ggufs.isEmpty())) {
      return new CheckpointLocation(folder, CheckpointKind.HUGGING_FACE);
    }
    return ofGgufFolder(folder, ggufs, files);
  }

  private static CheckpointLocation ofGgufFolder(Path folder, List<Path> ggufs, List<Path> files) {
    if (ggufs.size() == 1 || GgufParts.belongTogether(ggufs)) {
      return new CheckpointLocation(ggufs.get(0), GgufKind.of(ggufs.get(0)));
    }
    if (ggufs.size() > 1) {
      throw new CheckpointException(
          nameOf(folder), "holds " + ggufs.size() + " .gguf files; give the path of one of them");
    }
    TrainingFolder.conversion(folder)
        .ifPresent(
            conversion -> {
              throw new CheckpointException(nameOf(folder), conversion);
            });
    files.stream()
        .map(CheckpointLocation::nameOf)
        .filter(name -> FileRole.of(name).isRefused())
        .findFirst()
        .ifPresent(
            name -> {
              throw new CheckpointException(name, FileRole.of(name).refusal());
            });
    throw new CheckpointException(nameOf(folder), "holds no checkpoint; " + wayOut(folder));
  }

  /** Names the folders below that could be meant, as those of a training run or a download. */
  private static String wayOut(Path folder) {
    List<String> found = new ArrayList<>();
    for (Path below : folders(folder)) {
      Stream.concat(Stream.of(below), folders(below).stream())
          .filter(CheckpointLocation::looksLikeOne)
          .map(path -> folder.relativize(path).toString())
          .forEach(found::add);
    }
    return found.isEmpty()
        ? "it needs config.json and *.safetensors files"
        : "give the path of the one that is meant below it: "
            + Printable.text(
                String.join(", ", found.subList(0, Math.min(MAX_NAMED, found.size()))));
  }

  private static List<Path> folders(Path folder) {
    return readable(folder).stream()
        .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /** Below what was asked for, a folder that may not be read is no failure. */
  private static List<Path> readable(Path folder) {
    return Files.isReadable(folder) && Files.isExecutable(folder) ? list(folder) : List.of();
  }

  private static boolean looksLikeOne(Path folder) {
    List<Path> files = readable(folder);
    return HubCache.isRepository(folder)
        || has(files, CONFIG)
        || has(files, ADAPTER_CONFIG)
        || files.stream().anyMatch(file -> endsWith(file, ".gguf"));
  }

  /** Returns what lies in a folder, sorted. */
  public static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw ModelFile.unreadable(nameOf(folder), e);
    }
  }

  private static boolean isAdapterPart(Path file) {
    return nameOf(file).startsWith("adapter_model.");
  }

  private static boolean has(List<Path> files, String name) {
    return files.stream().anyMatch(file -> nameOf(file).equals(name));
  }

  private static boolean endsWith(Path file, String extension) {
    return nameOf(file).toLowerCase(Locale.ROOT).endsWith(extension)
        && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
  }
}
