package dev.palimpsest.account;

import dev.palimpsest.Wording;
import dev.palimpsest.ledger.Ledger;
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
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The tokens of programs; of each only the digest is kept. */
public final class ApiTokens {
  /** The longest that a token lasts, in days. */
  public static final int MOST_DAYS = 366;

  /** Tells a token in a file or a log for what it is. */
  static final String PREFIX = "palimpsest_";

  private static final int LONGEST_TITLE = 100;
  private static final Duration NOTED = Duration.ofMinutes(1);

  private final Database database;
  private final Clock clock;
  private final LedgerEntry.Actor actor;

  ApiTokens(Database database, Clock clock, LedgerEntry.Actor actor) {
    this.database = database;
    this.clock = clock;
    this.actor = actor;
  }

  /** Returns the same tokens, which somebody else makes and ends. */
  ApiTokens by(LedgerEntry.Actor other) {
    return new ApiTokens(database, clock, other);
  }

  /**
   * Makes a token.
   *
   * @param days it lasts, 1 to {@value #MOST_DAYS}
   * @return the secret, which nobody can read again
   * @throws AccountException if it has no title or scope, or lasts too long
   */
  public String add(User user, String title, Set<ApiToken.Scope> scopes, int days) {
    String named = Wording.name("token's title", title, LONGEST_TITLE);
    if (named.isEmpty() || scopes.isEmpty()) {
      throw new AccountException(
          "A token needs a title that tells what it is for, and something that it may do; fill both"
              + " in.");
    }
    if (days < 1 || days > MOST_DAYS) {
      throw new AccountException(
          "A token lasts 1 to " + MOST_DAYS + " days; choose a number of them.");
    }
    String secret = PREFIX + Secrets.fresh();
    String id = UUID.randomUUID().toString();
    OffsetDateTime expires = now().plusDays(days);
    database.write(
        handle -> {
          handle
              .createUpdate(
                  "insert into account_token (id, token_digest, user_id, title, scopes,"
                      + " created_at, expires_at) values (:id, :digest, :user, :title, :scopes,"
                      + " :now, :expires)")
              .bind("id", id)
              .bind("digest", Secrets.digest(secret))
              .bind("user", user.id())
              .bind("title", named)
              .bind("scopes", ApiToken.Scope.join(scopes))
              .bind("now", now())
              .bind("expires", expires)
              .execute();
          note(
              handle,
              "token.made",
              id,
              Map.of(
                  "title",
                  named,
                  "scopes",
                  ApiToken.Scope.join(scopes),
                  "expires",
                  expires.toInstant().toString(),
                  "user",
                  user.name()));
        });
    return secret;
  }

  private void note(Handle handle, String action, String id, Map<String, String> details) {
    Ledger.append(
        handle, LedgerEntry.of(action, actor, new LedgerEntry.Subject("token", id, ""), details));
  }

  /** Returns the token of a secret, if it lasts, and notes that it is used. */
  public Optional<ApiToken> of(String secret) {
    Optional<ApiToken> token =
        database.read(
            handle ->
                handle
                    .createQuery(
                        "select * from account_token where token_digest = :digest and expires_at >"
                            + " :now")
                    .bind("digest", Secrets.digest(secret))
                    .bind("now", now())
                    .map((row, at) -> read(row))
                    .findOne());
    token.filter(this::isToBeNoted).ifPresent(this::note);
    return token;
  }

  private boolean isToBeNoted(ApiToken token) {
    Instant now = Instant.now(clock);
    return token.usedAt().map(used -> used.plus(NOTED).isBefore(now)).orElse(true);
  }

  private void note(ApiToken token) {
    database.write(
        handle ->
            handle.execute("update account_token set used_at = ? where id = ?", now(), token.id()));
  }

  /** Returns the tokens of a user, those that ended too, newest first. */
  public List<ApiToken> of(User user) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from account_token where user_id = :user order by created_at desc,"
                        + " id")
                .bind("user", user.id())
                .map((row, at) -> read(row))
                .list());
  }

  /** Ends a token of a user; another user's stays. */
  public void end(User user, String id) {
    database.write(
        handle -> {
          int ended =
              handle.execute(
                  "delete from account_token where user_id = ? and id = ?", user.id(), id);
          if (ended > 0) {
            note(handle, "token.ended", id, Map.of("user", user.name()));
          }
        });
  }

  private OffsetDateTime now() {
    return Instant.now(clock).atOffset(ZoneOffset.UTC);
  }

  private static ApiToken read(ResultSet row) throws SQLException {
    return new ApiToken(
        row.getString("id"),
        row.getString("user_id"),
        StoredText.read(row.getString("title")),
        ApiToken.Scope.parse(row.getString("scopes")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("used_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }
}
