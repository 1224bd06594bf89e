package dev.palimpsest.registry;

import dev.palimpsest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the files of an upload against the sums that came along, before they are moved. */
final class ArrivedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(ArrivedFiles.class);

  private final CheckRows checks;
  private final UploadStore uploads;
  private final Assembly assembly;

  ArrivedFiles(CheckRows checks, UploadStore uploads, Assembly assembly) {
    this.checks = checks;
    this.uploads = uploads;
    this.assembly = assembly;
  }

  /**
   * Tells whether all files have the sums that they were said to have. One that has not is thrown
   * away alone and asked for again; the others stay, and the checkpoint is UPLOADING again.
   */
  boolean areAsTheyWereSaidToBe(String checkpointId) {
    List<Upload> again = new ArrayList<>();
    String problem = "";
    for (Upload file : uploads.of(checkpointId)) {
      Optional<String> found = file.expected().isPresent() ? sha256(file) : Optional.empty();
      if (found.isPresent() && !found.equals(file.expected())) {
        again.add(file);
        problem = problem.isEmpty() ? problem(file, found.get()) : problem;
      }
    }
    if (!again.isEmpty()) {
      List<Path> parts = again.stream().flatMap(file -> assembly.part(file).stream()).toList();
      if (checks.takeBack(checkpointId, problem, again, uploads.nextExpiry())) {
        uploads.end(again);
        parts.forEach(ArrivedFiles::delete);
      }
    }
    return again.isEmpty();
  }

  private static String problem(Upload file, String found) {
    return "The file "
        + file.path()
        + " arrived with the sha256 "
        + found
        + " and not with "
        + file.expected().orElse("")
        + ", which it should have, and was thrown away; send it again. If it comes again as it did,"
        + " the file or SHA256SUMS is not what was published.";
  }

  /** Files that were moved into place already were held against their sums before that. */
  private Optional<String> sha256(Upload file) {
    return assembly.part(file).map(ArrivedFiles::sha256);
  }

  private static String sha256(Path file) {
    MessageDigest digest = Sha256.start();
    byte[] chunk = new byte[1 << 20];
    try (InputStream bytes = Files.newInputStream(file)) {
      for (int count = bytes.read(chunk); count >= 0; count = bytes.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException later) {
      LOG.info("what was thrown away of an upload is deleted with it: {}", later.getMessage());
    }
  }
}
