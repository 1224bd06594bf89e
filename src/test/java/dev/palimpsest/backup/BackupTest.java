package dev.palimpsest.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.evidence.key.SigningKeys;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.DatabaseServer;
import dev.palimpsest.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a data folder with rows, keys and an uploaded checkpoint in it. */
final class BackupTest {
  @TempDir private Path folder;
  private Path data;
  private Path out;

  @BeforeEach
  void fill() throws IOException {
    data = folder.resolve("data");
    out = folder.resolve("backup.zip");
    try (Database database = Database.open(data)) {
      Ledger ledger = new Ledger(database);
      new SigningKeys(data, ledger, Optional.empty()).current();
      note(ledger, "first");
      database.write(
          handle ->
              handle.execute(
                  "insert into checkpoint (id, name, name_key, kind, origin, location, bytes, state,"
                      + " created_at) values ('c1', 'llama', 'llama', 'BASE', 'UPLOAD', ?, 2,"
                      + " 'READY', current_timestamp)",
                  data.resolve("checkpoints/c1/llama").toString()));
    }
    Path model = Files.createDirectories(data.resolve("checkpoints/c1/llama"));
    Files.writeString(model.resolve("config.json"), "{}");
  }

  private static void note(Ledger ledger, String what) {
    ledger.add(
        LedgerEntry.of(
            "audit.planned",
            LedgerEntry.Actor.LOCAL,
            new LedgerEntry.Subject("audit", what, "ab".repeat(32)),
            Map.of()));
  }

  private Contents backUp(boolean keys, boolean checkpoints) {
    return new Backup(data, Optional.empty(), keys, checkpoints).write(out);
  }

  @Test
  void everythingComesBackWhereTheOldFolderIsGone() throws IOException {
    Contents contents = backUp(true, true);
    Path moved = folder.resolve("moved");
    Restore.Restored restored = Restore.into(out, moved);

    assertThat(restored.ledger()).isEqualTo(contents.ledger()).isPresent();
    assertThat(moved.resolve("checkpoints/c1/llama/config.json")).hasContent("{}");
    assertThat(moved.resolve("keys/signing.pem"))
        .hasSameTextualContentAs(data.resolve("keys/signing.pem"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(moved)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(moved.resolve("keys/signing.pem"))))
        .isEqualTo("rw-------");
    try (Database database = Database.open(moved)) {
      assertThat(
              database.<String, RuntimeException>read(
                  handle ->
                      handle
                          .createQuery("select location from checkpoint")
                          .mapTo(String.class)
                          .one()))
          .isEqualTo(moved.resolve("checkpoints/c1/llama").toString());
      assertThat(new Ledger(database).fault()).isEmpty();
      assertThat(new SigningKeys(moved, new Ledger(database), Optional.empty()).list())
          .hasSize(1)
          .allMatch(SigningKeys.Known::current);
    }
  }

  @Test
  void keysAndCheckpointsGoAlongOnlyWhenAskedFor() throws IOException {
    Contents contents = backUp(false, false);

    assertThat(contents.keys()).isFalse();
    assertThat(contents.files())
        .extracting(Contents.Member::name)
        .allMatch(name -> name.equals("palimpsest.mv.db") || name.endsWith(".pub.pem"));
    assertThat(contents.checkpoints())
        .singleElement()
        .satisfies(one -> assertThat(one.included()).isFalse());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
        .isEqualTo("rw-------");
    assertThat(Restore.into(out, folder.resolve("moved")).notes())
        .anyMatch(note -> note.contains("The keys that sign are not in the backup"))
        .anyMatch(note -> note.contains("The files of llama are not in the backup"));
    assertThat(leftovers()).isEmpty();
  }

  private List<String> leftovers() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("."))
          .toList();
    }
  }

  /** What a server writes after the copy was begun is not in it, and harms nothing. */
  @Test
  void aServerThatHasTheFolderOpenCopiesItsRowsAndGoesOnWriting() throws Exception {
    try (Database database = Database.open(data);
        BackupSocket socket = BackupSocket.listen(data, database).orElseThrow()) {
      assertThat(socket).isNotNull();
      Ledger ledger = new Ledger(database);
      List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
      Thread writing =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < 300; i++) {
                    note(ledger, "busy-" + i);
                  }
                } catch (RuntimeException failure) {
                  failures.add(failure);
                }
              });
      writing.start();
      for (int i = 0; i < 5; i++) {
        out = folder.resolve("busy-" + i + ".zip");
        Contents contents = backUp(true, true);
        assertThat(Restore.into(out, folder.resolve("restored-" + i)).ledger())
            .isEqualTo(contents.ledger());
      }
      writing.join();
      assertThat(failures).isEmpty();
      assertThat(ledger.fault()).isEmpty();
    }
  }

  @Test
  void whatIsThereIsNeverWrittenOver() throws IOException {
    backUp(false, false);
    assertThatThrownBy(() -> backUp(false, false))
        .isInstanceOf(BackupException.class)
        .hasMessageEndingWith("backup.zip is there already; name a file that is not.");
    Path full = Files.createDirectories(folder.resolve("full"));
    Files.writeString(full.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> Restore.into(out, full))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("is not empty");
    assertThat(full.resolve("notes.txt")).hasContent("mine");
  }

  @Test
  void aMemberThatIsOtherThanItWasIsFound() throws IOException {
    backUp(true, true);
    refused(
        altered(Map.of("checkpoints/c1/llama/config.json", "[]"), ""),
        "The member checkpoints/c1/llama/config.json of .* has the SHA-256 .*");
    refused(altered(Map.of("checkpoints/c1/llama/config.json", ""), ""), "lacks its member check");
    refused(altered(Map.of(), "checkpoints/c1/more"), "has a member that it does not name: check");
    refused(altered(Map.of(), "../outside"), "has a member that it does not name: \\.\\./outside");
    refused(altered(Map.of("backup.json", ""), ""), "is no backup of palimpsest");
  }

  private void refused(Path backup, String pattern) throws IOException {
    Path target = folder.resolve("never");
    assertThatThrownBy(() -> Restore.into(backup, target))
        .isInstanceOf(IntegrityException.class)
        .message()
        .containsPattern(pattern);
    if (Files.exists(target)) {
      try (var inside = Files.list(target)) {
        assertThat(inside).isEmpty();
      }
    }
  }

  /** Returns the backup with members changed, left out where the content is "", or added. */
  private Path altered(Map<String, String> changed, String added) throws IOException {
    Path other = Files.createTempFile(folder, "altered", ".zip");
    try (ZipFile zip = new ZipFile(out.toFile());
        OutputStream file = Files.newOutputStream(other);
        ZipOutputStream copy = new ZipOutputStream(file)) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String content = changed.get(entry.getName());
        if (content != null && content.isEmpty()) {
          continue;
        }
        copy.putNextEntry(new ZipEntry(entry.getName()));
        try (InputStream in = zip.getInputStream(entry)) {
          copy.write(
              content == null ? in.readAllBytes() : content.getBytes(StandardCharsets.UTF_8));
        }
        copy.closeEntry();
      }
      if (!added.isEmpty()) {
        copy.putNextEntry(new ZipEntry(added));
        copy.write('x');
        copy.closeEntry();
      }
    }
    return other;
  }

  @Test
  void rowsOnAServerAreLeftToItsOwnTools() {
    DatabaseServer server = new DatabaseServer("jdbc:postgresql://db:5432/audits", "ada", "x");
    Contents contents = new Backup(data, Optional.of(server), false, true).write(out);

    assertThat(contents.server()).hasValue("db:5432/audits");
    assertThat(contents.files())
        .extracting(Contents.Member::name)
        .contains("checkpoints/c1/llama/config.json")
        .doesNotContain("palimpsest.mv.db");
    assertThat(server.forTools()).isEqualTo("postgresql://ada@db:5432/audits");
    assertThat(Restore.into(out, folder.resolve("moved")).ledger()).isEmpty();
  }

  @Test
  void aDatabaseInMemoryHasNoFileToCopy() {
    try (Database database = Database.inMemory()) {
      assertThatThrownBy(() -> database.copyTo(out)).isInstanceOf(StorageException.class);
    }
  }
}
