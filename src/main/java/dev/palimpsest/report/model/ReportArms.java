package dev.palimpsest.report.model;

import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;

/** The tuned checkpoints of all stored reports, found without reading a report. */
public final class ReportArms {
  private static final String LINES =
      """
      select ra.audit_id, ra.title, ra.base_name, ra.base_digest, ra.tuned, ra.tuned_digest,
        ra.verdict, ra.frozen_at, r.digest
      from report_arm ra join report r on r.audit_id = ra.audit_id and r.shape = ra.shape
      where ra.shape = :shape
      """;

  /** What one approval settles, or one rejection, is left out here; the rest its reader settles. */
  private static final String UNDECIDED =
      """
      and not exists (select 1 from sign_off s where s.audit_id = ra.audit_id
        and s.report_digest = r.digest and s.arm in (ra.tuned, '') and s.approvals <= 1
        and (s.expires_on is null or s.expires_on >= cast(:today as date)))
      order by ra.frozen_at, ra.audit_id, ra.place fetch first :most rows only
      """;

  private final Database database;

  /** Reads from a database. */
  public ReportArms(Database database) {
    this.database = database;
  }

  /**
   * A tuned checkpoint of a report.
   *
   * @param arm its name in the audit
   * @param digest of the checkpoint
   * @param report digest of the report
   */
  public record Line(
      String auditId,
      String title,
      String base,
      String baseDigest,
      String arm,
      String digest,
      ReleaseVerdict verdict,
      String report,
      Instant frozenAt) {}

  /** Returns the checkpoints on which no single decision is the last word, oldest first. */
  public List<Line> undecided(LocalDate today, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(LINES + UNDECIDED)
                .bind("shape", ReportStore.SHAPE)
                .bind("today", today.toString())
                .bind("most", most)
                .map((row, context) -> line(row))
                .list());
  }

  /** Returns where a checkpoint was audited, newest first. */
  public List<Line> of(String checkpointDigest) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    LINES
                        + " and ra.tuned_digest = :digest"
                        + " order by ra.frozen_at desc, ra.audit_id, ra.place")
                .bind("shape", ReportStore.SHAPE)
                .bind("digest", checkpointDigest)
                .map((row, context) -> line(row))
                .list());
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(
        row.getString("audit_id"),
        StoredText.read(row.getString("title")),
        StoredText.read(row.getString("base_name")),
        row.getString("base_digest"),
        StoredText.read(row.getString("tuned")),
        row.getString("tuned_digest"),
        ReleaseVerdict.valueOf(row.getString("verdict")),
        row.getString("digest"),
        row.getObject("frozen_at", OffsetDateTime.class).toInstant());
  }
}
