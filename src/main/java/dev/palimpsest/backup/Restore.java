package dev.palimpsest.backup;

import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.evidence.key.SigningKeys;
import dev.palimpsest.evidence.verify.LedgerCheck;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Makes an installation of a backup. */
public final class Restore {
  /** Names that a backup writes; none leads out of the folder. */
  private static final Pattern NAME =
      Pattern.compile(
          "palimpsest\\.mv\\.db|keys/[A-Za-z0-9._-]+|(checkpoints|uploads)(/[^/\\\\\\p{Cntrl}]+)+");

  private final ZipFile zip;
  private final Path backup;
  private final Contents contents;

  /**
   * What was made.
   *
   * @param contents of the backup
   * @param ledger the end of the ledger, if the rows are there
   * @param notes what to know, in sentences
   */
  public record Restored(Contents contents, Optional<Ledger.Head> ledger, List<String> notes) {
    public Restored {
      notes = List.copyOf(notes);
    }
  }

  private Restore(ZipFile zip, Path backup, Contents contents) {
    this.zip = zip;
    this.backup = backup;
    this.contents = contents;
  }

  /**
   * Puts a backup into a folder that is new or empty; where it fails, the folder is left empty.
   *
   * @throws BackupException if the folder is not empty
   * @throws IntegrityException with the first thing that does not hold: a member that is missing,
   *     too many or other than was noted, or the ledger
   */
  public static Restored into(Path backup, Path dataDir) {
    Path folder = dataDir.toAbsolutePath().normalize();
    requireEmpty(folder);
    try (ZipFile zip = new ZipFile(backup.toFile())) {
      Restore restore = new Restore(zip, backup, contents(zip, backup));
      restore.requireMembers();
      try {
        return restore.into(folder);
      } catch (IOException | RuntimeException failure) {
        clear(folder);
        throw failure;
      }
    } catch (IOException e) {
      throw new BackupException(
          backup
              + " cannot be put into "
              + folder
              + " ("
              + e.getMessage()
              + "); check the file, and the folder's permissions and room.",
          e);
    }
  }

  private static void requireEmpty(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      if (inside.findAny().isPresent()) {
        throw new BackupException(
            folder + " is not empty; name a folder that is new, so that nothing is written over.");
      }
    } catch (IOException e) {
      throw new BackupException(folder + " cannot be used as a folder; name another one.", e);
    }
  }

  private static Contents contents(ZipFile zip, Path backup) throws IOException {
    ZipEntry entry = zip.getEntry(Contents.NAME);
    if (entry == null) {
      throw new IntegrityException(
          backup + " is no backup of palimpsest: it has no " + Contents.NAME + ".");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      Contents contents = Json.mapper().readValue(in.readAllBytes(), Contents.class);
      if (!contents.format().equals(Contents.FORMAT)) {
        throw new IntegrityException(
            backup
                + " is of the form "
                + contents.format()
                + ", and this version reads "
                + Contents.FORMAT
                + "; use the version that made it.");
      }
      return contents;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IntegrityException(
          "The member " + Contents.NAME + " of " + backup + " cannot be read.");
    }
  }

  private void requireMembers() {
    Set<String> named = new HashSet<>(Set.of(Contents.NAME));
    for (Contents.Member member : contents.files()) {
      if (!NAME.matcher(member.name()).matches()
          || member.name().contains("/../")
          || member.name().endsWith("/..")
          || !named.add(member.name())) {
        throw new IntegrityException(
            backup + " names a member that no backup has: " + member.name() + ".");
      }
      if (zip.getEntry(member.name()) == null) {
        throw new IntegrityException(backup + " lacks its member " + member.name() + ".");
      }
    }
    Enumeration<? extends ZipEntry> there = zip.entries();
    while (there.hasMoreElements()) {
      String name = there.nextElement().getName();
      if (!named.contains(name)) {
        throw new IntegrityException(backup + " has a member that it does not name: " + name + ".");
      }
    }
  }

  private Restored into(Path folder) throws IOException {
    Files.createDirectories(folder);
    restrict(folder, "rwx------");
    for (Contents.Member member : contents.files()) {
      Path file = folder.resolve(member.name());
      Files.createDirectories(file.getParent());
      write(member, file);
    }
    if (Files.isDirectory(folder.resolve("keys"))) {
      restrict(folder.resolve("keys"), "rwx------");
    }
    if (contents.server().isPresent()) {
      return new Restored(contents, Optional.empty(), List.of());
    }
    try (Database database = Database.open(folder)) {
      Ledger ledger = new Ledger(database);
      LedgerCheck.Held held =
          LedgerCheck.of(
              ledger,
              new SigningKeys(folder, ledger, Optional.empty())
                  .list().stream().map(SigningKeys.Known::key).toList(),
              List.of());
      if (!contents.ledger().equals(Optional.of(held.end()))) {
        throw new IntegrityException(
            "The ledger ends at row "
                + held.end().seq()
                + ", and the backup was made of one that ends otherwise.");
      }
      moveCheckpoints(database, folder);
      return new Restored(contents, Optional.of(held.end()), notes(folder));
    }
  }

  private void write(Contents.Member member, Path file) throws IOException {
    MessageDigest digest = Sha256.start();
    long bytes;
    try (InputStream in = zip.getInputStream(zip.getEntry(member.name()));
        OutputStream out = new DigestOutputStream(Files.newOutputStream(ownerOnly(file)), digest)) {
      bytes = in.transferTo(out);
    } catch (java.util.zip.ZipException broken) {
      throw new IntegrityException("The member " + member.name() + " of " + backup + " is broken.");
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (bytes != member.bytes() || !found.equals(member.sha256())) {
      throw new IntegrityException(
          "The member "
              + member.name()
              + " of "
              + backup
              + " has the SHA-256 "
              + found
              + ", and "
              + member.sha256()
              + " was noted when it was written.");
    }
  }

  private static Path ownerOnly(Path file) throws IOException {
    if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    return file;
  }

  private static void restrict(Path folder, String permissions) throws IOException {
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
    }
  }

  /** Uploaded checkpoints lie in the data folder, wherever that is now. */
  private void moveCheckpoints(Database database, Path folder) {
    Path before = Path.of(contents.dataDir());
    if (before.equals(folder)) {
      return;
    }
    database.write(
        handle ->
            handle
                .createQuery("select id, location from checkpoint where origin = 'UPLOAD'")
                .map(
                    (row, context) ->
                        new String[] {
                          row.getString("id"), StoredText.read(row.getString("location"))
                        })
                .list()
                .forEach(
                    one -> {
                      Path location = Path.of(one[1]);
                      if (location.startsWith(before)) {
                        handle.execute(
                            "update checkpoint set location = ? where id = ?",
                            folder.resolve(before.relativize(location)).toString(),
                            one[0]);
                      }
                    }));
  }

  private List<String> notes(Path folder) {
    List<String> notes = new ArrayList<>();
    if (!contents.keys()) {
      notes.add(
          "The keys that sign are not in the backup; put keys/signing.pem and"
              + " keys/signing-checkpoints.pem back, or the next export makes new ones. What the old"
              + " ones signed can still be checked.");
    }
    List<Contents.Kept> missing =
        contents.checkpoints().stream()
            .filter(one -> !one.included() && one.origin().equals("UPLOAD"))
            .toList();
    if (!missing.isEmpty()) {
      notes.add(
          "The files of "
              + String.join(", ", missing.stream().map(Contents.Kept::name).toList())
              + " are not in the backup; copy the folders checkpoints and uploads of the old data"
              + " folder here.");
    }
    boolean moved = !Path.of(contents.dataDir()).equals(folder);
    if (moved && contents.checkpoints().stream().anyMatch(one -> one.origin().equals("UPLOAD"))) {
      notes.add(
          "Plans that were frozen name uploaded checkpoints in "
              + contents.dataDir()
              + "; audits of them that are not finished go on only where that folder is this one.");
    }
    return notes;
  }

  private static void clear(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      for (Path one : inside.toList()) {
        Backup.delete(one);
      }
    } catch (IOException | UncheckedIOException e) {
      // What failed before is what counts.
    }
  }
}
