package dev.palimpsest.notice;

import dev.palimpsest.CanonicalJson;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What happened and was not told on a way: audits that wait for review, and decisions. */
final class Happenings {
  static final String AWAITS_REVIEW = "audit.awaits-review";
  static final String DECIDED = "decision.made";

  private static final int AT_A_TIME = 100;

  private static final String AUDITS =
      """
      select a.id, a.title, a.base_name, a.finished_at, r.verdict, r.digest
      from audit a join report r on r.audit_id = a.id
      where a.finished_at >= :since and not exists (select 1 from notice n
        where n.kind = :kind and n.channel = :channel and n.subject = a.id)
      order by a.finished_at, a.id fetch first :most rows only
      """;

  private static final String DECISIONS =
      """
      select s.id as number, s.audit_id as id, a.title, s.arm, s.arm_digest, s.decision, s.signer,
        s.user_id, s.report_digest, s.signed_at
      from sign_off s join audit a on a.id = s.audit_id
      where s.signed_at >= :since and not exists (select 1 from notice n
        where n.kind = :kind and n.channel = :channel and n.subject = cast(s.id as varchar))
      order by s.id fetch first :most rows only
      """;

  private final Database database;
  private final Outbox outbox;
  private final String address;

  /**
   * @param address of the web app, without a slash at its end
   */
  Happenings(Database database, Outbox outbox, String address) {
    this.database = database;
    this.outbox = outbox;
    this.address = address;
  }

  /** A notice that is to be put into the outbox. */
  private record Found(String kind, String subject, Map<String, Object> body) {}

  /** Puts into the outbox what happened since a way was configured and is not in it. */
  void collect(String channel) {
    // Decisions are signed to the second.
    Instant since = outbox.since(channel).truncatedTo(ChronoUnit.SECONDS);
    find(channel, since)
        .forEach(
            one -> outbox.put(one.kind(), one.subject(), channel, CanonicalJson.text(one.body())));
  }

  private List<Found> find(String channel, Instant since) {
    return database.read(
        handle -> {
          List<Found> found = query(handle, AUDITS, AWAITS_REVIEW, channel, since);
          found.addAll(query(handle, DECISIONS, DECIDED, channel, since));
          return found;
        });
  }

  private List<Found> query(Handle handle, String sql, String kind, String channel, Instant since) {
    return handle
        .createQuery(sql)
        .bind("since", since.atOffset(ZoneOffset.UTC))
        .bind("kind", kind)
        .bind("channel", channel)
        .bind("most", AT_A_TIME)
        .map((row, context) -> kind.equals(DECIDED) ? decision(row) : audit(row))
        .list();
  }

  private Found audit(ResultSet row) throws SQLException {
    String id = row.getString("id");
    String title = StoredText.read(row.getString("title"));
    Map<String, Object> body = body(AWAITS_REVIEW, id, title, time(row, "finished_at"));
    body.put("report", row.getString("digest"));
    body.put("verdict", row.getString("verdict"));
    body.put("base", StoredText.read(row.getString("base_name")));
    body.put("subject", title + " waits for review");
    body.put(
        "text",
        "The audit \""
            + title
            + "\" is finished ("
            + row.getString("verdict").replace('_', ' ')
            + ") and its checkpoints wait for review.\n\n"
            + address
            + "/audits/"
            + id
            + "/report");
    return new Found(AWAITS_REVIEW, id, body);
  }

  private Found decision(ResultSet row) throws SQLException {
    String id = row.getString("id");
    String title = StoredText.read(row.getString("title"));
    String signer = StoredText.read(row.getString("signer"));
    String arm = StoredText.read(row.getString("arm"));
    boolean known = !row.getString("user_id").isEmpty();
    Map<String, Object> body = body(DECIDED, id, title, time(row, "signed_at"));
    body.put("report", row.getString("report_digest"));
    body.put("checkpoint", Map.of("name", arm, "digest", row.getString("arm_digest")));
    body.put("decision", row.getString("decision"));
    body.put("signer", signer);
    body.put("authenticated", known);
    String what =
        switch (row.getString("decision")) {
          case "REJECTED" -> "rejected";
          case "CONDITIONAL" -> "approved with conditions";
          default -> "approved";
        };
    body.put("subject", (arm.isEmpty() ? title : arm) + " " + what);
    body.put(
        "text",
        signer
            + (known ? "" : " (unauthenticated)")
            + " "
            + what
            + " "
            + (arm.isEmpty() ? "all checkpoints" : "\"" + arm + "\"")
            + " of the audit \""
            + title
            + "\".\n\n"
            + address
            + "/audits/"
            + id
            + "/report#sign-off");
    return new Found(DECIDED, row.getString("number"), body);
  }

  private Map<String, Object> body(String kind, String id, String title, String at) {
    Map<String, Object> body = new TreeMap<>();
    body.put("event", kind);
    body.put("at", at);
    body.put(
        "audit", Map.of("id", id, "title", title, "url", address + "/audits/" + id + "/report"));
    return body;
  }

  private static String time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant().toString();
  }
}
