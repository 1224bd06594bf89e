package dev.palimpsest.notice;

import dev.palimpsest.Wording;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.DuplicateException;
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

/** The notices of one installation, sent or not. */
public final class Outbox {
  /** After so many attempts, more than three days, nobody is expected to take it any more. */
  static final int MOST_ATTEMPTS = 16;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofHours(8);

  /** Whoever took a notice to send it and is killed leaves it to others after this time. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  private static final int LONGEST_PROBLEM = 500;

  private final Database database;
  private final Clock clock;

  public Outbox(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A notice that nobody took. */
  public record GivenUp(String kind, String channel, String problem, Instant at) {}

  /** Returns since when a way is configured; it is from the first call on. */
  Instant since(String channel) {
    Optional<Instant> known = known(channel);
    if (known.isEmpty()) {
      try {
        database.write(
            handle ->
                handle.execute(
                    "insert into notice_since (channel, at) values (?, ?)", channel, now()));
      } catch (DuplicateException outrun) {
        // Another server was configured at the same moment; its time is as good.
      }
    }
    return known(channel).orElseThrow();
  }

  private Optional<Instant> known(String channel) {
    return database.read(
        handle ->
            handle
                .createQuery("select at from notice_since where channel = :channel")
                .bind("channel", channel)
                .map((row, context) -> row.getObject("at", OffsetDateTime.class).toInstant())
                .findOne());
  }

  /** Puts a notice in, unless it is there. */
  void put(String kind, String subject, String channel, String body) {
    try {
      database.write(
          handle ->
              handle
                  .createUpdate(
                      "insert into notice (kind, subject, channel, body, state, attempts, next_at,"
                          + " problem, created_at) select :kind, :subject, :channel, :body,"
                          + " 'WAITING', 0, :now, '', :now where not exists (select 1 from notice"
                          + " where kind = :kind and subject = :subject and channel = :channel)")
                  .bind("kind", kind)
                  .bind("subject", subject)
                  .bind("channel", channel)
                  .bind("body", body)
                  .bind("now", now())
                  .execute());
    } catch (DuplicateException outrun) {
      // Another server found it at the same moment.
    }
  }

  /** Takes the next notice that is due on a way; nobody else does meanwhile. */
  Optional<Notice> take(String channel) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select id, kind, channel, body, attempts from notice where state = 'WAITING'"
                        + " and channel = :channel and next_at <= :now order by next_at, id fetch"
                        + " first 1 rows only for update")
                .bind("channel", channel)
                .bind("now", now())
                .map((row, context) -> notice(row))
                .findOne()
                .map(
                    notice -> {
                      handle.execute(
                          "update notice set attempts = attempts + 1, next_at = ? where id = ?",
                          now().plus(LEASE),
                          notice.id());
                      return notice;
                    }));
  }

  private static Notice notice(ResultSet row) throws SQLException {
    return new Notice(
        row.getLong("id"),
        row.getString("kind"),
        row.getString("channel"),
        StoredText.read(row.getString("body")),
        row.getInt("attempts"));
  }

  /** Notes that somebody took a notice. */
  void sent(Notice notice) {
    database.write(
        handle ->
            handle.execute(
                "update notice set state = 'SENT', sent_at = ?, problem = '' where id = ?",
                now(),
                notice.id()));
  }

  /** Notes that nobody took it; it is tried again later, or given up. */
  void failed(Notice notice, String problem) {
    int attempts = notice.attempts() + 1;
    database.write(
        handle ->
            handle.execute(
                "update notice set state = ?, next_at = ?, problem = ? where id = ?",
                attempts >= MOST_ATTEMPTS ? "GIVEN_UP" : "WAITING",
                now().plus(pause(attempts)),
                Wording.readable(problem, LONGEST_PROBLEM),
                notice.id()));
  }

  /** Returns how long is waited after so many attempts: twice as long each time. */
  static Duration pause(int attempts) {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempts - 1, 20));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  /** Returns the newest notices that nobody took. */
  public List<GivenUp> givenUp() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select kind, channel, problem, created_at from notice where state ="
                        + " 'GIVEN_UP' order by id desc fetch first 20 rows only")
                .map(
                    (row, context) ->
                        new GivenUp(
                            row.getString("kind"),
                            row.getString("channel"),
                            StoredText.read(row.getString("problem")),
                            row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list());
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
