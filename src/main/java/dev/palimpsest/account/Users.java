package dev.palimpsest.account;

import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The people of one installation. There are none, or at least one of them is an administrator who
 * may sign in. What is done to them is noted in the ledger.
 */
public final class Users {
  /** How long an invitation may be used. */
  public static final Duration INVITATION = Duration.ofDays(3);

  private static final String ALL =
      "select id, name, printed_name, role, password_hash is null and not exists (select 1 from"
          + " account_identity i where i.user_id = account_user.id) as invited, disabled,"
          + " created_at from account_user";

  private final Database database;
  private final Passwords passwords;
  private final Clock clock;
  private final LedgerEntry.Actor actor;

  Users(Database database, Passwords passwords, Clock clock, LedgerEntry.Actor actor) {
    this.database = database;
    this.passwords = passwords;
    this.clock = clock;
    this.actor = actor;
  }

  /** Returns the same people, of whom somebody else says what happens to them. */
  Users by(LedgerEntry.Actor other) {
    return new Users(database, passwords, clock, other);
  }

  /** Tells whether there is nobody, so that whoever uses this machine may do everything. */
  public boolean isEmpty() {
    return database.read(handle -> isEmpty(handle));
  }

  private static boolean isEmpty(Handle handle) {
    return handle
        .createQuery("select id from account_user fetch first 1 rows only")
        .mapTo(String.class)
        .findOne()
        .isEmpty();
  }

  /** Returns everybody by name. */
  public List<User> list() {
    return database.read(
        handle -> handle.createQuery(ALL + " order by name").map((row, at) -> read(row)).list());
  }

  /** Returns the user with an id. */
  public Optional<User> withId(String id) {
    return find("id", id);
  }

  /** Returns the user who signs in by a name. */
  public Optional<User> named(String name) {
    return find("name", NewUser.canonical(name));
  }

  private Optional<User> find(String column, String value) {
    return database.read(
        handle ->
            handle
                .createQuery(ALL + " where " + column + " = :value")
                .bind("value", value)
                .map((row, at) -> read(row))
                .findOne());
  }

  /**
   * Adds somebody with a password.
   *
   * @throws AccountException if the name is taken, the password too weak, or the first user is no
   *     administrator
   */
  public User add(NewUser user, String password) {
    Passwords.require(password, user.name());
    return insert(user, Optional.of(passwords.hash(password)));
  }

  /** Adds somebody who sets a password later by an invitation. */
  public User add(NewUser user) {
    return insert(user, Optional.empty());
  }

  private User insert(NewUser user, Optional<String> hash) {
    String id =
        database.read(
            handle -> {
              boolean first = isEmpty(handle);
              String made = insert(handle, user, hash, now());
              UserEntry.append(handle, actor, "user.added", made, added(user, first));
              return made;
            });
    return withId(id).orElseThrow();
  }

  /** What the ledger says of somebody new. */
  static Map<String, String> added(NewUser user, boolean first) {
    Map<String, String> details = new TreeMap<>();
    details.put("printedName", user.printedName());
    details.put("role", user.role().name());
    if (first) {
      details.put("first", "administrator");
    }
    return details;
  }

  static String insert(Handle handle, NewUser user, Optional<String> hash, OffsetDateTime now) {
    if (!isFree(handle, user.name())) {
      throw new AccountException(
          "There is a user " + user.name() + " already; choose another name.");
    }
    if (user.role() != UserRole.ADMINISTRATOR || hash.isEmpty()) {
      requireAdministrator(handle, "");
    }
    String id = UUID.randomUUID().toString();
    handle
        .createUpdate(
            "insert into account_user (id, name, printed_name, role, password_hash, disabled,"
                + " created_at) values (:id, :name, :printed, :role, :hash, false, :now)")
        .bind("id", id)
        .bind("name", user.name())
        .bind("printed", user.printedName())
        .bind("role", user.role().name())
        .bind("hash", hash.orElse(null))
        .bind("now", now)
        .execute();
    return id;
  }

  static boolean isFree(Handle handle, String name) {
    return handle
        .createQuery("select id from account_user where name = :name")
        .bind("name", name)
        .mapTo(String.class)
        .findOne()
        .isEmpty();
  }

  /** Locks the administrators, so that of two who leave at once one sees the other. */
  static void requireAdministrator(Handle handle, String apartFrom) {
    if (administrators(handle).stream().allMatch(apartFrom::equals)) {
      throw new AccountException(
          "There has to be an administrator who can sign in; make another user one first.");
    }
  }

  /** Tells whether nobody but the user is an administrator who can sign in with a password. */
  static boolean isLastAdministrator(Handle handle, String id) {
    return administrators(handle).stream().allMatch(id::equals);
  }

  private static List<String> administrators(Handle handle) {
    return handle
        .createQuery(
            "select id from account_user where role = 'ADMINISTRATOR' and not disabled and"
                + " password_hash is not null order by id for update")
        .mapTo(String.class)
        .list();
  }

  /**
   * Gives a user another role.
   *
   * @throws AccountException if no administrator would be left
   */
  public void setRole(String id, UserRole role) {
    database.write(
        handle -> {
          if (role != UserRole.ADMINISTRATOR) {
            requireAdministrator(handle, id);
          }
          changeRole(handle, id, role)
              .ifPresent(
                  details -> UserEntry.append(handle, actor, "user.role-changed", id, details));
        });
  }

  /** Returns what the ledger is to say, nothing where it is the role already. */
  static Optional<Map<String, String>> changeRole(Handle handle, String id, UserRole role) {
    Optional<String> before =
        handle
            .createQuery("select role from account_user where id = :id for update")
            .bind("id", id)
            .mapTo(String.class)
            .findOne()
            .filter(old -> !old.equals(role.name()));
    handle.execute("update account_user set role = ? where id = ?", role.name(), id);
    return before.map(old -> Map.of("before", old, "role", role.name()));
  }

  /**
   * Keeps a user from signing in and ends what is under way: sessions, tokens and an invitation.
   *
   * @throws AccountException if no administrator would be left
   */
  public void disable(String id) {
    database.write(
        handle -> {
          requireAdministrator(handle, id);
          boolean changed = setDisabled(handle, id, true);
          handle.execute("delete from account_session where user_id = ?", id);
          int tokens = handle.execute("delete from account_token where user_id = ?", id);
          handle.execute("delete from account_invitation where user_id = ?", id);
          if (changed) {
            Map<String, String> details = Map.of("tokensEnded", Integer.toString(tokens));
            UserEntry.append(handle, actor, "user.disabled", id, details);
          }
        });
  }

  /** Lets a user sign in again. */
  public void enable(String id) {
    database.write(
        handle -> {
          if (setDisabled(handle, id, false)) {
            UserEntry.append(handle, actor, "user.enabled", id, Map.of());
          }
        });
  }

  private static boolean setDisabled(Handle handle, String id, boolean disabled) {
    return 1
        == handle.execute(
            "update account_user set disabled = ? where id = ? and disabled <> ?",
            disabled,
            id,
            disabled);
  }

  /** Returns a secret by which the user may set a password; an earlier one counts no more. */
  public String invite(User user) {
    String secret = Secrets.fresh();
    database.write(
        handle -> {
          handle.execute("delete from account_invitation where user_id = ?", user.id());
          handle.execute(
              "insert into account_invitation (user_id, token_digest, expires_at) values (?, ?, ?)",
              user.id(),
              Secrets.digest(secret),
              now().plus(INVITATION));
          UserEntry.append(handle, actor, "user.invited", user.id(), Map.of());
        });
    return secret;
  }

  /** Returns whom a secret invites. */
  public Optional<User> invited(String secret) {
    return database
        .read(
            handle ->
                handle
                    .createQuery(
                        "select user_id from account_invitation where token_digest = :digest and"
                            + " expires_at > :now")
                    .bind("digest", Secrets.digest(secret))
                    .bind("now", now())
                    .mapTo(String.class)
                    .findOne())
        .flatMap(this::withId)
        .filter(user -> !user.disabled());
  }

  private OffsetDateTime now() {
    return Instant.now(clock).atOffset(ZoneOffset.UTC);
  }

  private static User read(ResultSet row) throws SQLException {
    return new User(
        row.getString("id"),
        row.getString("name"),
        StoredText.read(row.getString("printed_name")),
        UserRole.valueOf(row.getString("role")),
        row.getBoolean("disabled"),
        row.getBoolean("invited"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
