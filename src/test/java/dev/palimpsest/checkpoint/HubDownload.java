package dev.palimpsest.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Lays files out as huggingface_hub does: links into blobs, by revision. */
public final class HubDownload {
  private HubDownload() {}

  /** Puts a folder's files into a revision of a repository; returns the snapshot. */
  public static Path snapshot(Path repository, String revision, Path files) {
    try (Stream<Path> all = Files.list(files)) {
      Path snapshot = Files.createDirectories(repository.resolve("snapshots").resolve(revision));
      Path blobs = Files.createDirectories(repository.resolve("blobs"));
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String blob = revision + "-" + file.getFileName().toString().hashCode();
        Files.copy(file, blobs.resolve(blob));
        Files.createSymbolicLink(
            snapshot.resolve(file.getFileName()), Path.of("../../blobs", blob));
      }
      return snapshot;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the main branch stand for a commit. */
  public static void main(Path repository, String commit) {
    try {
      Files.writeString(
          Files.createDirectories(repository.resolve("refs")).resolve("main"), commit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a repository that holds a folder's files as its only revision. */
  public static Path of(Path repository, Path files) {
    snapshot(repository, "0123abcd", files);
    main(repository, "0123abcd");
    return repository;
  }
}
