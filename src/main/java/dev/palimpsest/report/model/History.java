package dev.palimpsest.report.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.palimpsest.Json;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.audit.verdict.Verdict;
import dev.palimpsest.report.ReportException;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What became of the checkpoints that were tuned from one base, audit after audit. It is written
 * with each report and read without any: as many statements however many audits there are.
 */
public final class History {
  private static final TypeReference<List<Figure>> FIGURES = new TypeReference<>() {};

  private static final String NEW_ARM =
      """
      insert into report_arm (audit_id, place, shape, base_digest, base_name, title, tuned,
        tuned_digest, verdict, frozen_at, figures)
      values (:audit, :place, :shape, :baseDigest, :base, :title, :tuned, :tunedDigest, :verdict,
        :frozenAt, :figures)
      """;

  private static final String BASES =
      """
      select base_digest, max(base_name) as name, count(*) as checkpoints,
        count(distinct audit_id) as audits, max(frozen_at) as latest
      from report_arm where shape = :shape group by base_digest
      order by max(frozen_at) desc, base_digest fetch first :most rows only
      """;

  private static final String ENTRIES =
      """
      select * from report_arm where base_digest = :base and shape = :shape
      order by frozen_at desc, audit_id, place fetch first :most rows only
      """;

  private final Database database;

  /** Reads from a database, which stays the caller's to close. */
  public History(Database database) {
    this.database = database;
  }

  /**
   * A base that something was tuned from.
   *
   * @param digest of its content
   * @param name that one of its audits calls it
   * @param audits finished ones
   * @param checkpoints tuned from it, over all audits
   * @param latest when the newest audit was frozen
   */
  public record Base(String digest, String name, int audits, int checkpoints, Instant latest) {}

  /**
   * A checkpoint of a finished audit.
   *
   * @param title of the audit
   * @param base the base's name there
   * @param figures one per suite, in plan order
   */
  public record Entry(
      String auditId,
      String title,
      String base,
      String tuned,
      String digest,
      ReleaseVerdict verdict,
      Instant frozenAt,
      List<Figure> figures) {
    public Entry {
      figures = List.copyOf(figures);
    }
  }

  /**
   * A finding, as far as a history shows it.
   *
   * @param digest of the suite's content
   * @param low end of the interval of delta, at the audit's level
   */
  public record Figure(
      String suite,
      String digest,
      String capability,
      int n,
      double delta,
      double low,
      double high,
      double margin,
      Verdict verdict) {}

  /** Returns the bases whose checkpoints were audited, the last audited first. */
  public List<Base> bases(int most) {
    return database.read(
        handle ->
            handle
                .createQuery(BASES)
                .bind("shape", ReportStore.SHAPE)
                .bind("most", most)
                .map((row, context) -> base(row))
                .list());
  }

  /** Returns the newest checkpoints of a base, newest first. */
  public List<Entry> entries(String baseDigest, int most) {
    return database.read(
        handle ->
            handle
                .createQuery(ENTRIES)
                .bind("base", baseDigest)
                .bind("shape", ReportStore.SHAPE)
                .bind("most", most)
                .map((row, context) -> entry(row))
                .list());
  }

  /** Writes what is to be remembered of a report, in the place of what was. */
  static void replace(Handle handle, ReportData data) {
    handle.execute("delete from report_arm where audit_id = ?", data.audit().id());
    PreparedBatch batch = handle.prepareBatch(NEW_ARM);
    for (int place = 0; place < data.tuned().size(); place++) {
      ReportData.TunedCheckpoint arm = data.tuned().get(place);
      batch
          .bind("audit", data.audit().id())
          .bind("place", place)
          .bind("shape", ReportStore.SHAPE)
          .bind("baseDigest", data.base().digest())
          .bind("base", data.base().name())
          .bind("title", data.audit().name())
          .bind("tuned", arm.name())
          .bind("tunedDigest", arm.digest())
          .bind("verdict", arm.verdict().name())
          .bind("frozenAt", OffsetDateTime.parse(data.audit().frozenAt()))
          .bind("figures", Json.mapper().valueToTree(figures(data, arm)).toString())
          .add();
    }
    batch.execute();
  }

  private static List<Figure> figures(ReportData data, ReportData.TunedCheckpoint arm) {
    List<Figure> figures = new ArrayList<>();
    for (ReportData.Capability one : data.capabilities()) {
      if (one.tuned().equals(arm.name())) {
        figures.add(
            new Figure(
                one.suite(),
                digest(data, one.suite()),
                one.capability(),
                one.n(),
                one.delta(),
                one.ci().get(0),
                one.ci().get(1),
                one.margin(),
                one.verdict()));
      }
    }
    return figures;
  }

  private static String digest(ReportData data, String suite) {
    return data.suites().stream()
        .filter(one -> one.suite().equals(suite))
        .map(ReportData.SuiteFacts::digest)
        .findFirst()
        .orElse("");
  }

  private static Base base(ResultSet row) throws SQLException {
    return new Base(
        row.getString("base_digest"),
        StoredText.read(row.getString("name")),
        row.getInt("audits"),
        row.getInt("checkpoints"),
        instant(row, "latest"));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getString("audit_id"),
        StoredText.read(row.getString("title")),
        StoredText.read(row.getString("base_name")),
        StoredText.read(row.getString("tuned")),
        row.getString("tuned_digest"),
        ReleaseVerdict.valueOf(row.getString("verdict")),
        instant(row, "frozen_at"),
        figures(StoredText.read(row.getString("figures"))));
  }

  private static List<Figure> figures(String json) {
    try {
      return Json.mapper().readValue(json, FIGURES);
    } catch (JsonProcessingException e) {
      throw new ReportException("A stored history cannot be read; the data folder is damaged.", e);
    }
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
