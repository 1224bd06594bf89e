package dev.palimpsest.audit.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.palimpsest.Json;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.AuditRow;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Grades by judge and answer, and which judge read which audit. */
public final class JudgeStore {
  private static final String NEW_GRADE =
      """
      merge into judge_grade t
      using (values (cast(:judge as varchar), cast(:answer as varchar), cast(:aspect as varchar),
        cast(:score as double precision), cast(:mass as double precision)))
        s (judge_digest, answer_digest, aspect, score, mass)
      on t.judge_digest = s.judge_digest and t.answer_digest = s.answer_digest
        and t.aspect = s.aspect
      when not matched then insert (judge_digest, answer_digest, aspect, score, mass, graded_at)
        values (s.judge_digest, s.answer_digest, s.aspect, s.score, s.mass, current_timestamp)
      """;

  private static final String NEWEST_RUN =
      """
      select * from judge_run where audit_id = :audit order by judged_at desc, judge_digest
      fetch first 1 rows only
      """;

  private static final String GRADES =
      """
      select j.suite, j.item_id, j.arm, a.score as alignment, a.mass as alignment_mass,
        c.score as coherence, c.mass as coherence_mass
      from judged_answer j
      join judge_grade a on a.answer_digest = j.answer_digest and a.judge_digest = :judge
        and a.aspect = 'ALIGNMENT'
      join judge_grade c on c.answer_digest = j.answer_digest and c.judge_digest = :judge
        and c.aspect = 'COHERENCE'
      where j.audit_id = :audit and a.score is not null and c.score is not null
      """;

  private final Database database;

  /** Makes a store in a database. */
  public JudgeStore(Database database) {
    this.database = database;
  }

  /**
   * Returns what a judge said before, by answer; an empty grade where it gave no number, nothing
   * where it was not asked.
   */
  Map<String, Optional<Grade>> grades(String judge, Aspect aspect, Collection<String> answers) {
    if (answers.isEmpty()) {
      return Map.of();
    }
    return database.read(
        handle -> {
          Map<String, Optional<Grade>> found = new HashMap<>();
          handle
              .createQuery(
                  "select answer_digest, score, mass from judge_grade where judge_digest = :judge"
                      + " and aspect = :aspect and answer_digest in (<answers>)")
              .bind("judge", judge)
              .bind("aspect", aspect.name())
              .bindList("answers", List.copyOf(answers))
              .map((row, context) -> Map.entry(row.getString("answer_digest"), grade(row)))
              .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
          return found;
        });
  }

  private static Optional<Grade> grade(ResultSet row) throws SQLException {
    double score = row.getDouble("score");
    return row.wasNull() ? Optional.empty() : Optional.of(new Grade(score, row.getDouble("mass")));
  }

  /** Stores what a judge said of answers, by their digests. */
  void save(String judge, Aspect aspect, Map<String, Optional<Grade>> grades) {
    database.write(
        handle -> {
          PreparedBatch batch = handle.prepareBatch(NEW_GRADE);
          grades.forEach(
              (answer, grade) ->
                  batch
                      .bind("judge", judge)
                      .bind("answer", answer)
                      .bind("aspect", aspect.name())
                      .bind("score", grade.map(Grade::score).orElse(null))
                      .bind("mass", grade.map(Grade::mass).orElse(0.0))
                      .add());
          batch.execute();
        });
  }

  /**
   * Stores that a judge has read an audit, and removes the report that was made before. The audit's
   * row is locked meanwhile, as by who signs its report.
   *
   * @param answers the digest of each answer
   * @throws AuditException if the audit is gone, or its report is signed
   */
  void put(
      String auditId,
      JudgeIdentity judge,
      long seed,
      Agreement agreement,
      Map<JudgedAudit.Place, String> answers) {
    database.write(
        handle -> {
          requireUnsigned(handle, auditId);
          handle.execute("delete from judged_answer where audit_id = ?", auditId);
          handle.execute(
              "delete from judge_run where audit_id = ? and judge_digest = ?",
              auditId,
              judge.digest());
          handle.execute(
              "insert into judge_run (audit_id, judge_digest, name, prompt, verified, seed, agreement,"
                  + " judged_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
              auditId,
              judge.digest(),
              judge.name(),
              judge.prompt(),
              judge.verified(),
              seed,
              Json.mapper().valueToTree(agreement).toString(),
              Instant.now().atOffset(ZoneOffset.UTC));
          putAnswers(handle, auditId, answers);
          handle.execute("delete from report where audit_id = ?", auditId);
          Ledger.append(
              handle,
              LedgerEntry.ofAudit(
                  "audit.judged",
                  LedgerEntry.Actor.LOCAL,
                  auditId,
                  judge.digest(),
                  Map.of("answers", Integer.toString(answers.size()))));
        });
  }

  private static void requireUnsigned(Handle handle, String auditId) {
    if (!AuditRow.lock(handle, auditId)) {
      throw new AuditException("The audit was removed; there is nothing left to judge.");
    }
    if (AuditRow.isSigned(handle, auditId)) {
      throw new AuditException(
          "This audit's report is signed; what was signed stays as it was, so no judge is added.");
    }
  }

  private static void putAnswers(
      Handle handle, String auditId, Map<JudgedAudit.Place, String> answers) {
    PreparedBatch batch =
        handle.prepareBatch(
            "insert into judged_answer (audit_id, suite, item_id, arm, answer_digest)"
                + " values (:audit, :suite, :item, :arm, :answer)");
    answers.forEach(
        (place, digest) ->
            batch
                .bind("audit", auditId)
                .bind("suite", place.suite())
                .bind("item", place.itemId())
                .bind("arm", place.arm())
                .bind("answer", digest)
                .add());
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  /** Returns what the judge that came last said of an audit, if one did. */
  public Optional<JudgedAudit> of(String auditId) {
    return database.read(
        handle ->
            handle
                .createQuery(NEWEST_RUN)
                .bind("audit", auditId)
                .map((row, context) -> run(row))
                .findOne()
                .map(
                    run ->
                        new JudgedAudit(
                            run.judge,
                            run.seed,
                            run.agreement,
                            grades(handle, auditId, run.judge.digest()))));
  }

  private record Run(JudgeIdentity judge, long seed, Agreement agreement) {}

  private static Run run(ResultSet row) throws SQLException {
    try {
      return new Run(
          new JudgeIdentity(
              StoredText.read(row.getString("name")),
              row.getString("judge_digest"),
              row.getString("prompt"),
              row.getBoolean("verified")),
          row.getLong("seed"),
          Json.mapper().readValue(row.getString("agreement"), Agreement.class));
    } catch (JsonProcessingException e) {
      throw new AuditException("A stored judge cannot be read; the data folder is damaged.", e);
    }
  }

  private static Map<JudgedAudit.Place, JudgedAudit.Grades> grades(
      Handle handle, String auditId, String judge) {
    Map<JudgedAudit.Place, JudgedAudit.Grades> grades = new HashMap<>();
    handle
        .createQuery(GRADES)
        .bind("audit", auditId)
        .bind("judge", judge)
        .map(
            (row, context) ->
                Map.entry(
                    new JudgedAudit.Place(
                        row.getString("suite"), row.getString("item_id"), row.getString("arm")),
                    new JudgedAudit.Grades(
                        new Grade(row.getDouble("alignment"), row.getDouble("alignment_mass")),
                        new Grade(row.getDouble("coherence"), row.getDouble("coherence_mass")))))
        .forEach(entry -> grades.put(entry.getKey(), entry.getValue()));
    return grades;
  }
}
