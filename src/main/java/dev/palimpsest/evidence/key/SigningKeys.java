package dev.palimpsest.evidence.key;

import dev.palimpsest.evidence.EvidenceException;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerEntry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of an installation: one signs statements, one on P-256 signs the files of checkpoints,
 * as model_signing knows no other kind, and those that signed before stay known.
 *
 * <p>A key is made at first need. When another takes its place, its secret half is gone for good
 * and its public half stays, so that what it signed can still be checked.
 */
public final class SigningKeys {
  /** The files of secret keys in {@code keys/}, the statements' first. */
  public static final List<String> SECRETS = List.of(Use.STATEMENTS.file, Use.CHECKPOINTS.file);

  private static final String OPEN = ".pub.pem";
  private static final Pattern MADE = Pattern.compile("(?m)^made (\\S+)$");

  /** One process of this machine at a time makes keys in a folder; this is for its threads. */
  private static final Object MAKING = new Object();

  private final Path folder;
  private final Ledger ledger;
  private final Optional<SigningKey> given;

  /**
   * A key that signs or signed.
   *
   * @param made when it was made, or first used here
   * @param current whether it signs statements now
   * @param checkpoints whether it signs the files of checkpoints now
   */
  public record Known(
      String id, PublicKey key, Instant made, boolean current, boolean checkpoints) {}

  /** What a key of the folder is for. */
  private enum Use {
    STATEMENTS("signing.pem"),
    CHECKPOINTS("signing-checkpoints.pem");

    private final String file;

    Use(String file) {
      this.file = file;
    }

    SigningKey make() {
      return this == STATEMENTS ? SigningKey.make() : SigningKey.makeOnP256();
    }
  }

  /**
   * Opens the keys of an installation.
   *
   * @param dataDir its data folder
   * @param ledger that new keys are noted in
   * @param given a key to sign with instead of one in the folder; checkpoints too if it is on P-256
   */
  public SigningKeys(Path dataDir, Ledger ledger, Optional<SigningKey> given) {
    this.folder = dataDir.resolve("keys");
    this.ledger = ledger;
    this.given = given;
  }

  /** Returns the key that signs statements; makes it where there is none yet. */
  public SigningKey current() {
    return current(Use.STATEMENTS);
  }

  /** Returns the key that signs the files of checkpoints; makes it where there is none yet. */
  public SigningKey ofCheckpoints() {
    return current(Use.CHECKPOINTS);
  }

  private SigningKey current(Use use) {
    return locked(
        () -> {
          SigningKey key = given(use).or(() -> stored(use)).orElseGet(() -> makeAndStore(use));
          note(key);
          return key;
        });
  }

  private Optional<SigningKey> given(Use use) {
    return given.filter(key -> use == Use.STATEMENTS || key.isOnP256());
  }

  /**
   * Makes new keys in place of those in the folder, which sign from now on.
   *
   * @return the new ones, that of statements first
   * @throws EvidenceException if a key that was given signs everything
   */
  public List<SigningKey> rotate() {
    return locked(
        () -> {
          List<SigningKey> made = new ArrayList<>();
          for (Use use : Use.values()) {
            Optional<SigningKey> old = stored(use);
            // Nothing was signed with a key that was never made, but whoever rotates wants one.
            if (given(use).isEmpty() && (old.isPresent() || use == Use.STATEMENTS)) {
              old.ifPresent(this::note);
              SigningKey key = makeAndStore(use);
              note(key);
              made.add(key);
            }
          }
          if (made.isEmpty()) {
            throw new EvidenceException(
                "The key that signs is the one that $PALIMPSEST_KEY_FILE names; put another in its"
                    + " place.");
          }
          return made;
        });
  }

  /** Returns every key that signs or signed, oldest first. */
  public List<Known> list() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    return locked(
        () -> {
          String current = id(Use.STATEMENTS);
          String checkpoints = id(Use.CHECKPOINTS);
          List<Known> all = new ArrayList<>();
          try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + OPEN)) {
            for (Path file : files) {
              all.add(known(file, current, checkpoints));
            }
          }
          all.sort(Comparator.comparing(Known::made).thenComparing(Known::id));
          return all;
        });
  }

  private String id(Use use) {
    return given(use).or(() -> stored(use)).map(SigningKey::id).orElse("");
  }

  private static Known known(Path file, String current, String checkpoints) throws IOException {
    String pem = Files.readString(file);
    PublicKey key = PublicKeys.parse(pem, file.toString()).byId().values().iterator().next();
    String id = PublicKeys.id(key);
    Matcher made = MADE.matcher(pem);
    Instant at = made.find() ? Instant.parse(made.group(1)) : Instant.EPOCH;
    return new Known(id, key, at, id.equals(current), id.equals(checkpoints));
  }

  private Optional<SigningKey> stored(Use use) {
    Path file = folder.resolve(use.file);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      requireClosed(file);
      return Optional.of(SigningKey.parse(Files.readString(file), file));
    } catch (IOException e) {
      throw new EvidenceException(
          "The signing key in " + file + " cannot be read; check the file's permissions.", e);
    }
  }

  /** A key that others could read may have been copied. */
  static void requireClosed(Path file) throws IOException {
    if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
      return;
    }
    Set<PosixFilePermission> others = PosixFilePermissions.fromString("---rwxrwx");
    if (Files.getPosixFilePermissions(file).stream().anyMatch(others::contains)) {
      throw new EvidenceException(
          "The signing key in "
              + file
              + " is open to other users; close it with chmod 600, and if others had access make a"
              + " new one ('palimpsest keys rotate', where it is the installation's own).");
    }
  }

  private SigningKey makeAndStore(Use use) {
    SigningKey key = use.make();
    try {
      storeOpen(key);
      replace(folder.resolve(use.file), key.pem());
      return key;
    } catch (IOException e) {
      throw new EvidenceException(
          "No signing key can be written to " + folder + "; check its permissions and the disk.",
          e);
    }
  }

  /** Keeps the public half, and notes in the ledger what it did not know yet. */
  private void note(SigningKey key) {
    try {
      storeOpen(key);
    } catch (IOException e) {
      throw new EvidenceException(
          "The public key cannot be kept in " + folder + "; check its permissions.", e);
    }
    if (ledger.first("key", key.id()).isEmpty()) {
      ledger.add(
          LedgerEntry.of(
              "key.made",
              LedgerEntry.Actor.LOCAL,
              new LedgerEntry.Subject("key", key.id(), key.id()),
              Map.of("public", PublicKeys.pem(key.publicKey()))));
    }
  }

  private void storeOpen(SigningKey key) throws IOException {
    Path file = folder.resolve(key.id() + OPEN);
    if (!Files.exists(file)) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      replace(file, "made " + now + "\n" + PublicKeys.pem(key.publicKey()));
    }
  }

  private static void replace(Path target, String text) throws IOException {
    Path part = target.resolveSibling("." + target.getFileName());
    Files.deleteIfExists(part);
    boolean posix = Files.getFileStore(target.getParent()).supportsFileAttributeView("posix");
    if (posix) {
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(
        part, text, StandardCharsets.US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.SYNC);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private <T> T locked(Work<T> work) {
    synchronized (MAKING) {
      try {
        Files.createDirectories(folder);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
          Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        try (FileChannel file =
                FileChannel.open(
                    folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = file.lock()) {
          return lock.isValid() ? work.run() : null;
        }
      } catch (IOException e) {
        throw new EvidenceException(
            "The keys in " + folder + " cannot be used; check the folder's permissions.", e);
      }
    }
  }

  /** Something that is done while nobody else changes the keys. */
  private interface Work<T> {
    T run() throws IOException;
  }
}
