package dev.palimpsest.account;

import dev.palimpsest.Wording;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Which user somebody is who comes from a sign-in provider. Issuer and subject say it and nothing
 * else does: whoever has the same name or mail address as a user here is somebody else until an
 * administrator links the two.
 */
public final class Identities {
  private static final int LONGEST_SHOWN = 200;
  private static final int LONGEST_SUBJECT = 255;
  private static final int LONGEST_PART = 40;

  /** How the ledger says that somebody is known: by what a provider said. */
  private static final String PROVIDER = "provider";

  private final Database database;
  private final Users users;
  private final Clock clock;
  private final LedgerEntry.Actor actor;

  Identities(Database database, Users users, Clock clock, LedgerEntry.Actor actor) {
    this.database = database;
    this.users = users;
    this.clock = clock;
    this.actor = actor;
  }

  /** Returns the same identities, which somebody else links and unlinks. */
  Identities by(LedgerEntry.Actor other) {
    return new Identities(database, users, clock, other);
  }

  /** Returns who somebody is here, if a user, ended or not. */
  public Optional<User> user(String issuer, String subject) {
    return database.read(handle -> userId(handle, issuer, subject)).flatMap(users::withId);
  }

  /**
   * Takes somebody in who signed in at the provider: the user that the person is, or a new one.
   *
   * @param role as the provider's roles say; where nothing is said, a new user is a viewer and
   *     another keeps the role. The last administrator with a password keeps it in any case.
   * @param invitedOnly whether somebody who is no user is refused
   * @throws AccountException if the user was ended, or there is none and none is made
   */
  public User arrive(ProviderPerson person, Optional<UserRole> role, boolean invitedOnly) {
    String id =
        database.read(
            handle -> {
              Users.requireAdministrator(handle, ""); // of two first sign-ins at once one waits
              Optional<String> known = userId(handle, person.issuer(), person.subject());
              known.ifPresent(user -> requireActive(handle, user));
              if (known.isEmpty() && invitedOnly) {
                throw notInvited(person);
              }
              if (known.isPresent()) {
                seen(handle, person);
                role.ifPresent(now -> change(handle, known.get(), now));
                return known.get();
              }
              return add(handle, person, role);
            });
    return users.withId(id).orElseThrow();
  }

  private static AccountException notInvited(ProviderPerson person) {
    return new AccountException(
        "You are not invited here yet; give an administrator of this installation your identifier "
            + Wording.readable(person.subject(), LONGEST_SUBJECT)
            + " and sign in again once it is linked to a user.");
  }

  private static void requireActive(Handle handle, String id) {
    boolean disabled =
        handle
            .createQuery("select disabled from account_user where id = :id")
            .bind("id", id)
            .mapTo(Boolean.class)
            .one();
    if (disabled) {
      throw new AccountException(
          "Your user here was ended by an administrator; ask one to let you in again.");
    }
  }

  private String add(Handle handle, ProviderPerson person, Optional<UserRole> role) {
    String name = freeName(handle, person);
    String printed = printedName(handle, person, name);
    NewUser user = new NewUser(name, printed, role.orElse(UserRole.VIEWER));
    String id = Users.insert(handle, user, Optional.empty(), now());
    link(handle, id, person.issuer(), person.subject());
    seen(handle, person);
    UserEntry.appendOwn(handle, PROVIDER, "user.added", id, Users.added(user, false));
    UserEntry.appendOwn(
        handle, PROVIDER, "user.linked", id, identity(person.issuer(), person.subject()));
    return id;
  }

  /** A name made of what the provider says and where it is, which nobody takes for another's. */
  private static String freeName(Handle handle, ProviderPerson person) {
    String host = Optional.ofNullable(URI.create(person.issuer()).getHost()).orElse("provider");
    String part = plain(person.userName().replaceFirst("@.*", ""));
    String first = part.isEmpty() ? "user" : part;
    for (int count = 1; ; count++) {
      String name = first + (count == 1 ? "" : "-" + count) + "@" + plain(host);
      if (Users.isFree(handle, name)) {
        return name;
      }
    }
  }

  private static String plain(String text) {
    String letters =
        text.toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9._-]+", "-")
            .replaceAll("^[._-]+|[._-]+$", "");
    return letters.length() <= LONGEST_PART ? letters : letters.substring(0, LONGEST_PART);
  }

  /** What stands under decisions: whoever calls themselves as somebody else is told apart. */
  private static String printedName(Handle handle, ProviderPerson person, String name) {
    String shown = Wording.readable(person.name(), LONGEST_SHOWN / 2).strip();
    boolean taken =
        handle
                .createQuery(
                    "select count(*) from account_user where lower(printed_name) = lower(:shown)")
                .bind("shown", shown)
                .mapTo(Integer.class)
                .one()
            > 0;
    return shown.isEmpty() || !taken ? shown : shown + " (" + name + ")";
  }

  /** The last administrator with a password keeps the role, whatever the provider says. */
  private static void change(Handle handle, String id, UserRole role) {
    if (role == UserRole.ADMINISTRATOR || !Users.isLastAdministrator(handle, id)) {
      Users.changeRole(handle, id, role)
          .ifPresent(
              details -> UserEntry.appendOwn(handle, PROVIDER, "user.role-changed", id, details));
    }
  }

  private static Map<String, String> identity(String issuer, String subject) {
    return Map.of("issuer", issuer, "subject", subject);
  }

  private void seen(Handle handle, ProviderPerson person) {
    handle.execute(
        "update account_identity set shown_name = ?, email = ?, seen_at = ? where issuer = ? and"
            + " subject = ?",
        Wording.readable(person.name(), LONGEST_SHOWN),
        Wording.readable(person.email(), LONGEST_SHOWN),
        now(),
        person.issuer(),
        person.subject());
  }

  /**
   * Says that somebody at the provider is a user here.
   *
   * @throws AccountException if the subject is none, or is somebody else here
   */
  public void link(User user, String issuer, String subject) {
    String typed = subject.strip();
    if (typed.isEmpty() || typed.length() > LONGEST_SUBJECT) {
      throw new AccountException(
          "An identifier of the provider has 1 to "
              + LONGEST_SUBJECT
              + " characters; copy it from there, or from what the person was shown.");
    }
    database.write(
        handle -> {
          Users.requireAdministrator(handle, "");
          Optional<String> taken = userId(handle, issuer, typed);
          if (taken.filter(other -> !other.equals(user.id())).isPresent()) {
            throw new AccountException(
                "This identifier is linked to another user already; unlink it there first.");
          }
          if (taken.isEmpty()) {
            link(handle, user.id(), issuer, typed);
            UserEntry.append(handle, actor, "user.linked", user.id(), identity(issuer, typed));
          }
        });
  }

  private void link(Handle handle, String id, String issuer, String subject) {
    handle.execute(
        "insert into account_identity (issuer, subject, user_id, shown_name, email, linked_at)"
            + " values (?, ?, ?, '', '', ?)",
        issuer,
        subject,
        id,
        now());
  }

  /** Takes every identity of a user away and ends the user's sessions. */
  public void unlink(User user) {
    database.write(
        handle -> {
          int ended = handle.execute("delete from account_identity where user_id = ?", user.id());
          handle.execute("delete from account_session where user_id = ?", user.id());
          if (ended > 0) {
            UserEntry.append(handle, actor, "user.unlinked", user.id(), Map.of());
          }
        });
  }

  /** Returns every identity by the id of its user. */
  public Map<String, List<ProviderIdentity>> byUser() {
    return database.read(
        handle ->
            handle
                .createQuery("select * from account_identity order by issuer, subject")
                .map((row, at) -> read(row))
                .stream()
                .collect(Collectors.groupingBy(ProviderIdentity::userId)));
  }

  /** Notes that somebody proved anew at the provider who it is; it counts for that session. */
  public void confirm(Session session, ProviderProof proof) {
    database.write(
        handle -> {
          OffsetDateTime now = now();
          handle.execute(
              "insert into account_proof (id, user_id, issuer, acr, amr, proved_at, noted_at)"
                  + " values (?, ?, ?, ?, ?, ?, ?)",
              UUID.randomUUID().toString(),
              session.userId(),
              session.issuer(),
              Wording.readable(proof.acr(), LONGEST_SHOWN),
              Wording.readable(String.join(" ", proof.amr()), LONGEST_SHOWN),
              proof.at().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(now),
              now);
          handle.execute(
              "update account_session set confirmed_at = ?, proof = ? where id = ?",
              now,
              Wording.readable(proof.label(), LONGEST_SHOWN),
              session.id());
        });
  }

  private static Optional<String> userId(Handle handle, String issuer, String subject) {
    return handle
        .createQuery(
            "select user_id from account_identity where issuer = :issuer and subject = :subject")
        .bind("issuer", issuer)
        .bind("subject", subject)
        .mapTo(String.class)
        .findOne();
  }

  private OffsetDateTime now() {
    return Instant.now(clock).atOffset(ZoneOffset.UTC);
  }

  private static ProviderIdentity read(ResultSet row) throws SQLException {
    return new ProviderIdentity(
        row.getString("issuer"),
        row.getString("subject"),
        row.getString("user_id"),
        StoredText.read(row.getString("shown_name")),
        StoredText.read(row.getString("email")),
        Optional.ofNullable(row.getObject("seen_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }
}
