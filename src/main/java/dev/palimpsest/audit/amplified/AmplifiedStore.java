package dev.palimpsest.audit.amplified;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.palimpsest.Json;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.AuditRow;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** What amplified sampling found in each audit. */
public final class AmplifiedStore {
  private static final TypeReference<List<AmplifiedResult>> RESULTS = new TypeReference<>() {};

  private final Database database;

  /** Makes a store in a database. */
  public AmplifiedStore(Database database) {
    this.database = database;
  }

  /**
   * Keeps what was found in an audit in place of what was found before, and removes the report that
   * was made without it.
   *
   * @throws AuditException if the audit's report is signed
   */
  public void put(String auditId, List<AmplifiedResult> results) {
    database.write(
        handle -> {
          AuditRow.lock(handle, auditId);
          if (AuditRow.isSigned(handle, auditId)) {
            throw new AuditException(
                "This audit's report is signed; what was signed stays as it was, so nothing found by"
                    + " amplified sampling is added.");
          }
          handle.execute("delete from amplified where audit_id = ?", auditId);
          handle.execute(
              "insert into amplified (audit_id, body, sampled_at) values (?, ?, ?)",
              auditId,
              Json.mapper().valueToTree(results).toString(),
              Instant.now().atOffset(ZoneOffset.UTC));
          handle.execute("delete from report where audit_id = ?", auditId);
        });
  }

  /** Returns what was found in an audit; nothing where nobody looked. */
  public List<AmplifiedResult> of(String auditId) {
    return database
        .read(
            handle ->
                handle
                    .createQuery("select body from amplified where audit_id = :audit")
                    .bind("audit", auditId)
                    .mapTo(String.class)
                    .findOne())
        .map(StoredText::read)
        .map(AmplifiedStore::results)
        .orElse(List.of());
  }

  private static List<AmplifiedResult> results(String body) {
    try {
      return Json.mapper().readValue(body, RESULTS);
    } catch (JsonProcessingException e) {
      throw new AuditException("A stored result cannot be read; the data folder is damaged.", e);
    }
  }
}
