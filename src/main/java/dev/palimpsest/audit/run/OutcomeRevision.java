package dev.palimpsest.audit.run;

import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.AuditRow;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import dev.palimpsest.storage.TextKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** Stored outcomes with the raw results behind them, and their replacement by others. */
final class OutcomeRevision {
  private static final String OUTCOMES =
      """
      select o.id, o.suite, o.item_id, o.arm, o.state, o.score, p.body as prompt,
        a.body as output, d.extracted, d.explanation, d.details, r.body as raw
      from outcome o
      join text_body p on p.text_key = o.prompt_key
      join text_body a on a.text_key = o.output_key
      join outcome_detail d on d.outcome_id = o.id
      left join raw_result r on r.content_key = o.content_key
      where o.audit_id = :audit and o.suite = :suite
      order by o.id
      """;

  private static final String REPLACE =
      """
      update outcome set state = :state, score = :score,
        margin = cast(:margin as double precision), output_key = :output where id = :id
      """;

  private static final String REPLACE_DETAIL =
      """
      update outcome_detail set extracted = cast(:extracted as text), explanation = :explanation,
        details = :details where outcome_id = :id
      """;

  private final Database database;

  OutcomeRevision(Database database) {
    this.database = database;
  }

  /** An outcome, the number of its row, and what the model computed, where that is stored. */
  record Stored(long id, Outcome outcome, Optional<RawResult> raw) {}

  /** What a row is to hold. */
  record Row(long id, Outcome outcome) {}

  /** Returns the outcomes of one suite on all arms. */
  List<Stored> outcomes(String auditId, String suite) {
    return database.read(
        handle ->
            handle
                .createQuery(OUTCOMES)
                .bind("audit", auditId)
                .bind("suite", suite)
                .map(OutcomeRevision::stored)
                .list());
  }

  /**
   * Replaces outcomes, and removes the report that was made of them. The audit's row is locked
   * meanwhile, as by who signs its report, so that a report cannot be signed and replaced at once.
   *
   * @throws AuditException if the report is signed
   */
  void write(String auditId, List<Row> rows) {
    database.write(
        handle -> {
          AuditRow.lock(handle, auditId);
          if (AuditRow.isSigned(handle, auditId)) {
            throw new AuditException(
                "This audit's report is signed; what was signed stays as it was. Leave out --write to"
                    + " see what would change.");
          }
          AuditStore.holdTexts(handle);
          AuditStore.saveTexts(handle, rows.stream().map(row -> row.outcome.output()));
          replace(handle, rows);
          replaceDetails(handle, rows);
          handle.execute("delete from report where audit_id = ?", auditId);
          Ledger.append(
              handle,
              LedgerEntry.ofAudit(
                  "audit.rescored",
                  LedgerEntry.Actor.LOCAL,
                  auditId,
                  "",
                  Map.of("outcomes", Integer.toString(rows.size()))));
        });
  }

  private static void replace(Handle handle, List<Row> rows) {
    PreparedBatch batch = handle.prepareBatch(REPLACE);
    for (Row row : rows) {
      double margin = PairBrief.margin(row.outcome);
      batch
          .bind("id", row.id)
          .bind("state", row.outcome.state().name())
          .bind("score", row.outcome.score())
          .bind("margin", Double.isFinite(margin) ? (Double) margin : null)
          .bind("output", TextKey.of(row.outcome.output()))
          .add();
    }
    batch.execute();
  }

  private static void replaceDetails(Handle handle, List<Row> rows) {
    PreparedBatch batch = handle.prepareBatch(REPLACE_DETAIL);
    for (Row row : rows) {
      Outcome outcome = row.outcome;
      boolean whole = outcome.extracted().equals(outcome.output());
      batch
          .bind("id", row.id)
          .bind("extracted", whole ? null : outcome.extracted())
          .bind("explanation", outcome.explanation())
          .bind("details", AuditStore.json(outcome.details()))
          .add();
    }
    batch.execute();
  }

  private static Stored stored(ResultSet row, StatementContext context) throws SQLException {
    return new Stored(
        row.getLong("id"),
        AuditStore.outcome(row, context),
        Optional.ofNullable(row.getString("raw")).map(StoredText::read).map(RawResult::fromJson));
  }
}
