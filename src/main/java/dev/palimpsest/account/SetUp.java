package dev.palimpsest.account;

import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The secret by which whoever started the server makes the first administrator; it lies in a file
 * that its owner alone may read, and is of no more use once there is a user.
 */
public final class SetUp {
  /** What the file is called. */
  public static final String FILE = "set-up-token";

  /** How long the secret may be used; a later start makes another one. */
  public static final Duration LASTS = Duration.ofDays(1);

  private final Path file;
  private final Users users;
  private final Clock clock;

  public SetUp(Path dataDir, Users users, Clock clock) {
    this.file = dataDir.resolve(FILE);
    this.users = users;
    this.clock = clock;
  }

  /** Returns the secret, making one where none lasts; nothing if there are users. */
  public synchronized Optional<String> offer() {
    if (!users.isEmpty()) {
      forget();
      return Optional.empty();
    }
    Optional<String> lasting = token();
    return lasting.isPresent() ? lasting : Optional.of(write(Secrets.fresh()));
  }

  /** Returns where the secret lies. */
  public Path file() {
    return file;
  }

  /**
   * Makes the first administrator.
   *
   * @throws AccountException if the secret is not the one, there is a user already, or name or
   *     password are not taken
   */
  public synchronized User finish(String secret, NewUser user, String password) {
    if (!users.isEmpty()) {
      throw new AccountException("The set-up is over; sign in instead.");
    }
    Optional<String> token = token();
    if (token.isEmpty() || !Secrets.areEqual(token.get(), secret.strip())) {
      throw new AccountException(
          "That is not the set-up token of now; it was printed when the server started and lies in"
              + " the file "
              + FILE
              + " of the data folder. It lasts a day: restart the server for another one.");
    }
    User made =
        users
            .by(new LedgerEntry.Actor(user.printedName(), "set-up token"))
            .add(new NewUser(user.name(), user.printedName(), UserRole.ADMINISTRATOR), password);
    forget();
    return made;
  }

  private Optional<String> token() {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      Instant made = Files.getLastModifiedTime(file).toInstant();
      if (made.plus(LASTS).isBefore(Instant.now(clock))) {
        return Optional.empty();
      }
      return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private String write(String secret) {
    try {
      Files.deleteIfExists(file);
      if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Files.createFile(file);
      }
      Files.writeString(file, secret + "\n", StandardCharsets.UTF_8, StandardOpenOption.WRITE);
      return secret;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private StorageException unusable(IOException failure) {
    return new StorageException(
        "The file " + file + " cannot be used; check its permissions and the free space.", failure);
  }
}
