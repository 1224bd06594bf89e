package dev.palimpsest.account;

import dev.palimpsest.Wording;
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
import java.util.Optional;
import java.util.UUID;

/** Who is signed in where; kept in the database, so that a restart signs nobody out. */
public final class Sessions {
  /** The time of the last request is written down this often, not at each request. */
  private static final Duration NOTED = Duration.ofMinutes(1);

  private static final int LONGEST_BROWSER = 200;
  private static final String LIVE = "seen_at > :idle and started_at > :oldest";

  private final Database database;
  private final Clock clock;

  public Sessions(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Begins a session by a password.
   *
   * @param secondFactor whether a code of the authenticator was given
   * @return the secret for the cookie
   */
  public String begin(User user, String address, String browser, boolean secondFactor) {
    return begin(user, address, browser, new Means(secondFactor, now(), "", ""));
  }

  /**
   * Begins a session of somebody who signed in at a provider, perhaps long ago: before a decision
   * the provider has to ask the person anew.
   *
   * @return the secret for the cookie
   */
  public String beginBy(
      String issuer, ProviderProof proof, User user, String address, String browser) {
    OffsetDateTime never = Instant.EPOCH.atOffset(ZoneOffset.UTC);
    return begin(user, address, browser, new Means(false, never, issuer, proof.label()));
  }

  private record Means(
      boolean secondFactor, OffsetDateTime confirmed, String issuer, String proof) {}

  /** Clears away the sessions that are over, too. */
  private String begin(User user, String address, String browser, Means means) {
    String secret = Secrets.fresh();
    OffsetDateTime now = now();
    database.write(
        handle -> {
          handle
              .createUpdate("delete from account_session where not (" + LIVE + ")")
              .bind("idle", now.minus(Session.IDLE))
              .bind("oldest", now.minus(Session.LONGEST))
              .execute();
          handle
              .createUpdate(
                  "insert into account_session (id, token_digest, user_id, address, browser,"
                      + " second_factor, started_at, seen_at, confirmed_at, issuer, proof) values"
                      + " (:id, :digest, :user, :address, :browser, :second, :now, :now,"
                      + " :confirmed, :issuer, :proof)")
              .bind("id", UUID.randomUUID().toString())
              .bind("digest", Secrets.digest(secret))
              .bind("user", user.id())
              .bind("address", address)
              .bind("browser", Wording.readable(browser, LONGEST_BROWSER))
              .bind("second", means.secondFactor())
              .bind("confirmed", means.confirmed())
              .bind("issuer", means.issuer())
              .bind("proof", Wording.readable(means.proof(), LONGEST_BROWSER))
              .bind("now", now)
              .execute();
        });
    return secret;
  }

  /** Returns the session of a cookie, if it lasts, and notes that it is used. */
  public Optional<Session> of(String secret) {
    Optional<Session> session =
        database.read(
            handle ->
                handle
                    .createQuery(
                        "select * from account_session where token_digest = :digest and " + LIVE)
                    .bind("digest", Secrets.digest(secret))
                    .bind("idle", now().minus(Session.IDLE))
                    .bind("oldest", now().minus(Session.LONGEST))
                    .map((row, at) -> read(row))
                    .findOne());
    session.ifPresent(this::note);
    return session;
  }

  private void note(Session session) {
    if (session.seenAt().plus(NOTED).isBefore(Instant.now(clock))) {
      database.write(
          handle ->
              handle.execute(
                  "update account_session set seen_at = ? where id = ?", now(), session.id()));
    }
  }

  /** Returns the sessions of a user that last, newest first. */
  public List<Session> of(User user) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from account_session where user_id = :user and "
                        + LIVE
                        + " order by started_at desc, id")
                .bind("user", user.id())
                .bind("idle", now().minus(Session.IDLE))
                .bind("oldest", now().minus(Session.LONGEST))
                .map((row, at) -> read(row))
                .list());
  }

  /** Notes that the user gave a code of the authenticator. */
  public void provedSecondFactor(Session session) {
    database.write(
        handle ->
            handle.execute(
                "update account_session set second_factor = true where id = ?", session.id()));
  }

  /** Ends one session of a user; another user's stays. */
  public void end(User user, String id) {
    database.write(
        handle ->
            handle.execute(
                "delete from account_session where user_id = ? and id = ?", user.id(), id));
  }

  /** Ends every session of a user but one. */
  public void endOthers(User user, String kept) {
    database.write(
        handle ->
            handle.execute(
                "delete from account_session where user_id = ? and id <> ?", user.id(), kept));
  }

  /** Ends every session of a user. */
  public void endAll(User user) {
    endOthers(user, "");
  }

  private OffsetDateTime now() {
    return Instant.now(clock).atOffset(ZoneOffset.UTC);
  }

  private static Session read(ResultSet row) throws SQLException {
    return new Session(
        row.getString("id"),
        row.getString("user_id"),
        row.getString("address"),
        StoredText.read(row.getString("browser")),
        row.getBoolean("second_factor"),
        time(row, "started_at"),
        time(row, "seen_at"),
        time(row, "confirmed_at"),
        row.getString("issuer"),
        StoredText.read(row.getString("proof")));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
