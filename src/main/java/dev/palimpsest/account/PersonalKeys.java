package dev.palimpsest.account;

import dev.palimpsest.Pem;
import dev.palimpsest.Sha256;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The keys that people sign their decisions with: one Ed25519 pair for each person with a password,
 * made at the first decision. The private half is stored closed under the password and is open for
 * the one decision that the password is given for, in memory. Whoever has the database and not the
 * password cannot sign.
 *
 * <p>A password that is changed closes the same key anew. One that is set without the old one ends
 * the key, as nobody can open it any more; its public half stays, and the next decision makes
 * another.
 */
public final class PersonalKeys {
  private static final String ALGORITHM = "Ed25519";
  private static final String CURRENT =
      "select * from account_key where user_id = :user and sealed <> ''";

  private final Database database;
  private final Passwords passwords;
  private final KeyLock lock;
  private final Clock clock;

  PersonalKeys(Database database, Passwords passwords, Clock clock) {
    this.database = database;
    this.passwords = passwords;
    this.lock = new KeyLock(passwords);
    this.clock = clock;
  }

  /** Returns the keys of a database, to be looked up. */
  public static PersonalKeys of(Database database) {
    return new PersonalKeys(database, new Passwords(), Clock.systemUTC());
  }

  /** A row: the public half, and the private one as it is stored. */
  private record Kept(PersonalKey open, String closed) {
    String place() {
      return place(open.userId(), open.id());
    }

    static String place(String userId, String keyId) {
      return "palimpsest-key/1\n" + userId + "\n" + keyId;
    }
  }

  /** A key that its owner opened. */
  public static final class Opened {
    private final String id;
    private final PrivateKey secret;

    private Opened(String id, PrivateKey secret) {
      this.id = id;
      this.secret = secret;
    }

    /** Returns the key's fingerprint. */
    public String id() {
      return id;
    }

    /** Signs some bytes. */
    public byte[] sign(byte[] bytes) {
      try {
        Signature signature = Signature.getInstance(ALGORITHM);
        signature.initSign(secret);
        signature.update(bytes);
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java from 15 on signs with Ed25519", e);
      }
    }
  }

  /**
   * Opens the key of a user whose password was given just now, making it where there is none.
   *
   * @throws AccountException if it cannot be opened by that password
   */
  public Opened open(User user, String password) {
    Kept kept =
        database.read(handle -> current(handle, user.id())).orElseGet(() -> make(user, password));
    byte[] pkcs8 =
        lock.open(kept.closed(), password, kept.place())
            .orElseThrow(
                () ->
                    new AccountException(
                        "Your key for signing decisions does not open with your password, which"
                            + " was replaced without it; ask an administrator for an invitation"
                            + " to set a password, with which a new key is made."));
    try {
      PrivateKey secret =
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      return new Opened(kept.open().id(), secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("what was closed was no key", e);
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  /** Of two first decisions at once one waits, and so does a new password. */
  private Kept make(User user, String password) {
    return database.read(
        handle -> {
          Optional<String> hash =
              handle
                  .createQuery(
                      "select password_hash from account_user where id = :id and not disabled and"
                          + " password_hash is not null for update")
                  .bind("id", user.id())
                  .mapTo(String.class)
                  .findOne();
          if (!passwords.matches(password, hash)) {
            throw new AccountException("That is not your password; type it again.");
          }
          Optional<Kept> there = current(handle, user.id());
          return there.isPresent() ? there.get() : make(handle, user, password);
        });
  }

  private Kept make(Handle handle, User user, String password) {
    KeyPair pair = pair();
    byte[] spki = pair.getPublic().getEncoded();
    byte[] pkcs8 = pair.getPrivate().getEncoded();
    String id = Sha256.hex(spki);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    String closed = lock.close(pkcs8, password, Kept.place(user.id(), id));
    Arrays.fill(pkcs8, (byte) 0);
    handle
        .createUpdate(
            "insert into account_key (id, user_id, printed_name, public_key, sealed, made_at)"
                + " values (:id, :user, :name, :public, :sealed, :now)")
        .bind("id", id)
        .bind("user", user.id())
        .bind("name", user.printedName())
        .bind("public", Base64.getEncoder().encodeToString(spki))
        .bind("sealed", closed)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
    UserEntry.append(
        handle,
        LedgerEntry.Actor.signedIn(user.printedName()),
        "user.key-made",
        user.id(),
        Map.of("key", id, "public", Pem.block("PUBLIC KEY", spki)));
    return new Kept(
        new PersonalKey(id, user.id(), user.printedName(), pair.getPublic(), now, true), closed);
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java from 15 on has Ed25519", e);
    }
  }

  /**
   * Closes a user's key under another password; one that the old password does not open is ended.
   *
   * @return the fingerprint of a key that was ended
   */
  Optional<String> closeAnew(Handle handle, String userId, String old, String password) {
    Optional<Kept> kept = current(handle, userId);
    Optional<byte[]> pkcs8 = kept.flatMap(one -> lock.open(one.closed(), old, one.place()));
    if (pkcs8.isEmpty()) {
      return end(handle, userId);
    }
    String closed = lock.close(pkcs8.get(), password, kept.get().place());
    Arrays.fill(pkcs8.get(), (byte) 0);
    handle.execute(
        "update account_key set sealed = ? where id = ?", closed, kept.get().open().id());
    return Optional.empty();
  }

  /**
   * Ends a user's key, as nobody can open it any more; returns its fingerprint, if there is one.
   */
  Optional<String> end(Handle handle, String userId) {
    Optional<Kept> kept = current(handle, userId);
    handle.execute("update account_key set sealed = '' where user_id = ?", userId);
    return kept.map(one -> one.open().id());
  }

  private static Optional<Kept> current(Handle handle, String userId) {
    return handle
        .createQuery(CURRENT)
        .bind("user", userId)
        .map((row, at) -> new Kept(read(row), row.getString("sealed")))
        .findOne();
  }

  /** Returns the key that a user signs with, if there is one yet. */
  public Optional<PersonalKey> current(User user) {
    return database.read(handle -> current(handle, user.id())).map(Kept::open);
  }

  /** Returns everybody's keys, oldest first. */
  public List<PersonalKey> list() {
    return database.read(
        handle ->
            handle
                .createQuery("select * from account_key order by made_at, id")
                .map((row, at) -> read(row))
                .list());
  }

  /** Returns the keys with some fingerprints, oldest first. */
  public List<PersonalKey> withIds(Collection<String> ids) {
    return list().stream().filter(one -> ids.contains(one.id())).toList();
  }

  private static PersonalKey read(ResultSet row) throws SQLException {
    return new PersonalKey(
        row.getString("id"),
        row.getString("user_id"),
        StoredText.read(row.getString("printed_name")),
        publicKey(row.getString("public_key")),
        row.getObject("made_at", OffsetDateTime.class).toInstant(),
        !row.getString("sealed").isEmpty());
  }

  private static PublicKey publicKey(String base64) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new AccountException(
          "A person's public key in the database is damaged; restore it from a backup.");
    }
  }
}
