package dev.palimpsest.backup;

import dev.palimpsest.Json;
import dev.palimpsest.evidence.key.SigningKeys;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.DatabaseServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Makes backups of one installation. */
public final class Backup {
  private static final List<String> CHECKPOINTS = List.of("checkpoints", "uploads");

  private final Path dataDir;
  private final Optional<DatabaseServer> server;
  private final boolean withKeys;
  private final boolean withCheckpoints;

  /**
   * Prepares backups.
   *
   * @param server the database server that has the rows, if one has; they are left to it
   * @param withKeys whether the key that signs goes along
   * @param withCheckpoints whether files of uploaded checkpoints do
   */
  public Backup(
      Path dataDir, Optional<DatabaseServer> server, boolean withKeys, boolean withCheckpoints) {
    this.dataDir = dataDir.toAbsolutePath().normalize();
    this.server = server;
    this.withKeys = withKeys;
    this.withCheckpoints = withCheckpoints;
  }

  /**
   * Writes a backup, whole or not at all; nobody but its owner may read it.
   *
   * @param out that is not there yet
   */
  public Contents write(Path out) {
    Path target = out.toAbsolutePath().normalize();
    if (Files.exists(target)) {
      throw new BackupException(target + " is there already; name a file that is not.");
    }
    if (!Files.isDirectory(dataDir)) {
      throw new BackupException(dataDir + " is no data folder; name the right one with --data.");
    }
    try {
      Files.createDirectories(target.getParent());
      Path work = Files.createTempDirectory(target.getParent(), ".palimpsest-backup-");
      try {
        Path part = work.resolve("backup.zip");
        Contents contents = write(part, work);
        move(part, target);
        return contents;
      } finally {
        delete(work);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new BackupException(
          "The backup cannot be written to "
              + target
              + " ("
              + e.getMessage()
              + "); check that the folder can be written and the disk has room.",
          e);
    }
  }

  private static void move(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException elsewhere) {
      Files.move(part, target);
    }
  }

  private Contents write(Path part, Path work) throws IOException {
    Optional<Ledger.Head> end = Optional.empty();
    List<Contents.Kept> checkpoints = List.of();
    try (MemberWriter members = new MemberWriter(part)) {
      if (server.isEmpty()) {
        Path copy = rows(work);
        try (Database opened = Database.open(copy)) {
          end = Optional.of(new Ledger(opened).head());
          checkpoints = Contents.checkpoints(opened, withCheckpoints);
        }
        members.add(Contents.ROWS, copy.resolve(Contents.ROWS));
      }
      addKeys(members);
      if (withCheckpoints) {
        for (String folder : CHECKPOINTS) {
          addAll(members, dataDir.resolve(folder));
        }
      }
      Contents contents =
          new Contents(
              Contents.FORMAT,
              Instant.now().truncatedTo(ChronoUnit.MILLIS),
              dataDir.toString(),
              server.map(DatabaseServer::place),
              members.has("keys/" + SigningKeys.SECRETS.get(0)),
              end,
              checkpoints,
              members.list());
      members.end(
          Contents.NAME,
          Json.mapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(contents)
              .getBytes(StandardCharsets.UTF_8));
      return contents;
    }
  }

  /**
   * Copies the rows into a folder of their own, which is opened to see that it can be: by a server
   * that has them open, or by this process.
   */
  private Path rows(Path work) throws IOException {
    Path zip = work.resolve("rows.zip");
    if (!BackupSocket.ask(dataDir, zip)) {
      if (!Files.isRegularFile(dataDir.resolve(Contents.ROWS))) {
        throw new BackupException(
            "There is no database in "
                + dataDir
                + "; name the right folder with --data, or the server with --database.");
      }
      try (Database database = Database.open(dataDir)) {
        database.copyTo(zip);
      }
    }
    Path copy = Files.createDirectory(work.resolve("rows"));
    try (ZipFile copied = new ZipFile(zip.toFile())) {
      ZipEntry file = copied.getEntry(Contents.ROWS);
      if (file == null) {
        throw new BackupException("The copy of the database has no " + Contents.ROWS + " in it.");
      }
      Files.copy(copied.getInputStream(file), copy.resolve(Contents.ROWS));
    }
    Files.delete(zip);
    return copy;
  }

  private void addKeys(MemberWriter members) throws IOException {
    Path keys = dataDir.resolve("keys");
    if (!Files.isDirectory(keys)) {
      return;
    }
    for (Path file : all(keys)) {
      String name = file.getFileName().toString();
      boolean open = name.endsWith(".pub.pem");
      if (open || (withKeys && SigningKeys.SECRETS.contains(name))) {
        members.add("keys/" + name, file);
      }
    }
  }

  /** A file that goes away meanwhile belongs to a checkpoint that was removed. */
  private void addAll(MemberWriter members, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    for (Path file : all(folder)) {
      if (Files.isRegularFile(file)) {
        String name = dataDir.relativize(file).toString().replace('\\', '/');
        members.add(name, file);
      }
    }
  }

  private static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }

  static void delete(Path folder) throws IOException {
    List<Path> all = new ArrayList<>(all(folder));
    all.sort(Comparator.reverseOrder());
    for (Path one : all) {
      Files.deleteIfExists(one);
    }
  }
}
