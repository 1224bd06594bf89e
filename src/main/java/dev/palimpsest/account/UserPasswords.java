package dev.palimpsest.account;

import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.storage.Database;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The passwords of users; of each only a hash is kept. */
public final class UserPasswords {
  private final Database database;
  private final Passwords passwords;
  private final PersonalKeys keys;
  private final LedgerEntry.Actor actor;

  UserPasswords(
      Database database, Passwords passwords, PersonalKeys keys, LedgerEntry.Actor actor) {
    this.database = database;
    this.passwords = passwords;
    this.keys = keys;
    this.actor = actor;
  }

  /** Returns the same passwords, which somebody else sets. */
  UserPasswords by(LedgerEntry.Actor other) {
    return new UserPasswords(database, passwords, keys, other);
  }

  /**
   * Sets a password without the old one and ends the user's sessions: whoever knew that is out. The
   * user's key for decisions is ended with it.
   *
   * @throws AccountException if it is too weak
   */
  public void set(User user, String password) {
    Passwords.require(password, user.name());
    String hash = passwords.hash(password);
    database.write(
        handle -> {
          boolean first = lockedHash(handle, user.id()).isEmpty();
          setHash(handle, user.id(), hash);
          Map<String, String> details =
              keys.end(handle, user.id()).map(key -> Map.of("keyEnded", key)).orElse(Map.of());
          String action = first ? "user.password-set" : "user.password-reset";
          UserEntry.append(handle, actor, action, user.id(), details);
        });
  }

  /**
   * Changes a password, ends the user's sessions and closes the user's key under the new one.
   *
   * @throws AccountException if the old one is wrong or the new one too weak
   */
  public void change(User user, String old, String password) {
    Passwords.require(password, user.name());
    String hash = passwords.hash(password);
    database.write(
        handle -> {
          if (!passwords.matches(old, lockedHash(handle, user.id()))) {
            throw new AccountException("That is not your password; type it again.");
          }
          setHash(handle, user.id(), hash);
          Map<String, String> details =
              keys.closeAnew(handle, user.id(), old, password)
                  .map(key -> Map.of("keyEnded", key))
                  .orElse(Map.of());
          UserEntry.append(handle, actor, "user.password-changed", user.id(), details);
        });
  }

  private static Optional<String> lockedHash(Handle handle, String id) {
    return hash(handle, id, " for update");
  }

  private static Optional<String> hash(Handle handle, String id, String lock) {
    return handle
        .createQuery(
            "select password_hash from account_user where id = :id and password_hash is not null"
                + lock)
        .bind("id", id)
        .mapTo(String.class)
        .findOne();
  }

  private static void setHash(Handle handle, String id, String hash) {
    handle.execute("update account_user set password_hash = ? where id = ?", hash, id);
    handle.execute("delete from account_session where user_id = ?", id);
    handle.execute("delete from account_invitation where user_id = ?", id);
  }

  /**
   * Tells whether a password is the user's; takes as long for nobody as for somebody. A hash with
   * other parameters than today's is replaced.
   */
  public boolean knows(Optional<User> user, String password) {
    Optional<String> stored = user.filter(one -> !one.disabled()).flatMap(this::hash);
    boolean known = passwords.matches(password, stored);
    if (known && Passwords.isOutdated(stored.orElseThrow())) {
      String hash = passwords.hash(password);
      database.write(
          handle ->
              handle.execute(
                  "update account_user set password_hash = ? where id = ? and password_hash = ?",
                  hash,
                  user.orElseThrow().id(),
                  stored.orElseThrow()));
    }
    return known;
  }

  /** Tells whether a user has a password here. */
  public boolean isSet(User user) {
    return hash(user).isPresent();
  }

  private Optional<String> hash(User user) {
    return database.read(handle -> hash(handle, user.id(), ""));
  }
}
