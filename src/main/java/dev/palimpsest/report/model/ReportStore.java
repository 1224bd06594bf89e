package dev.palimpsest.report.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.DuplicateException;
import dev.palimpsest.storage.StoredText;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reports of finished audits, made once and kept in the database, and what {@link History}
 * shows of them. One whose fields are not those that this version of the program knows counts as
 * not made.
 */
public final class ReportStore {
  /** Of a report and of what the history keeps of it: a change of either makes them anew. */
  static final String SHAPE = Sha256.hex(shape(ReportData.class) + shape(History.Entry.class));

  private static final String REPLACE =
      """
      merge into report t
      using (values (cast(:audit as varchar), cast(:shape as varchar), cast(:verdict as varchar),
        cast(:digest as varchar), cast(:body as text))) s (audit_id, shape, verdict, digest, body)
      on t.audit_id = s.audit_id
      when matched then update set shape = s.shape, verdict = s.verdict, digest = s.digest,
        body = s.body, stored_at = current_timestamp
      when not matched then insert (audit_id, shape, verdict, digest, body, stored_at)
        values (s.audit_id, s.shape, s.verdict, s.digest, s.body, current_timestamp)
      """;

  private final Database database;

  /** Makes a store in a database. */
  public ReportStore(Database database) {
    this.database = database;
  }

  /**
   * What lists show of a report.
   *
   * @param verdict of the whole
   * @param digest of the report
   */
  public record Summary(ReleaseVerdict verdict, String digest) {}

  /** Returns the reports that some audits have, by audit, without reading them. */
  public Map<String, Summary> summaries(Collection<String> auditIds) {
    if (auditIds.isEmpty()) {
      return Map.of();
    }
    return database.read(
        handle -> {
          Map<String, Summary> found = new HashMap<>();
          handle
              .createQuery(
                  "select audit_id, verdict, digest from report"
                      + " where audit_id in (<ids>) and shape = :shape")
              .bindList("ids", List.copyOf(auditIds))
              .bind("shape", SHAPE)
              .map(
                  (row, context) ->
                      Map.entry(
                          row.getString("audit_id"),
                          new Summary(
                              ReleaseVerdict.valueOf(row.getString("verdict")),
                              row.getString("digest"))))
              .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
          return found;
        });
  }

  /** Returns the report of an audit, if it was made. */
  public Optional<Report> find(Audits audits, Audit audit) {
    Optional<String> body =
        database.read(
            handle ->
                handle
                    .createQuery(
                        "select body from report where audit_id = :audit and shape = :shape")
                    .bind("audit", audit.id())
                    .bind("shape", SHAPE)
                    .mapTo(String.class)
                    .findOne());
    return body.map(StoredText::read)
        .flatMap(json -> data(json).map(data -> Report.stored(audits, audit, data, bytes(json))));
  }

  /** Keeps the report of a finished audit; servers that share a database may do so at once. */
  public void put(Report report) {
    try {
      replace(report);
    } catch (DuplicateException outrun) {
      replace(report); // a merge that met no row may meet one when it inserts
    }
  }

  private void replace(Report report) {
    database.write(
        handle -> {
          handle
              .createUpdate(REPLACE)
              .bind("audit", report.data().audit().id())
              .bind("shape", SHAPE)
              .bind("verdict", report.data().verdict().name())
              .bind("digest", report.digest())
              .bind("body", new String(report.json(), StandardCharsets.UTF_8))
              .execute();
          History.replace(handle, report.data());
        });
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** What cannot be read back (a seed that is no double, say) is made again. */
  private static Optional<ReportData> data(String json) {
    try {
      return Optional.of(Json.mapper().readValue(json, ReportData.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Names every field of a record and of the records in it. */
  private static String shape(Type type) {
    if (type instanceof ParameterizedType generic) {
      return Stream.of(generic.getActualTypeArguments())
          .map(ReportStore::shape)
          .collect(Collectors.joining(",", generic.getRawType().getTypeName() + "<", ">"));
    }
    RecordComponent[] fields = ((Class<?>) type).getRecordComponents();
    return fields == null
        ? type.getTypeName()
        : Stream.of(fields)
            .map(field -> field.getName() + ":" + shape(field.getGenericType()))
            .collect(Collectors.joining(",", "{", "}"));
  }
}
