package dev.palimpsest.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.palimpsest.Json;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.DuplicateException;
import dev.palimpsest.storage.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** Audits, outcomes and raw results in the database. */
final class AuditStore {
  private static final String NEW_RAW_RESULT =
      """
      merge into raw_result t
      using (values (cast(:key as varchar), cast(:body as varchar))) s (content_key, body)
      on t.content_key = s.content_key
      when not matched then
        insert (content_key, body, computed_at) values (s.content_key, s.body, current_timestamp)
      """;

  private static final String NEW_OUTCOME =
      """
      insert into outcome (audit_id, suite, arm, item_id, state, score, prompt, output, extracted,
        explanation, details, content_key)
      values (:audit, :suite, :arm, :item, :state, :score, :prompt, :output, :extracted,
        :explanation, :details, cast(:key as varchar))
      """;

  private static final String NEW_FACT =
      """
      merge into provenance t
      using (values (cast(:audit as varchar), cast(:name as varchar), cast(:fact as varchar)))
        s (audit_id, name, fact)
      on t.audit_id = s.audit_id and t.name = s.name
      when matched then update set fact = s.fact
      when not matched then insert (audit_id, name, fact) values (s.audit_id, s.name, s.fact)
      """;

  /** Two processes that compute the same meet rarely, and seldom twice in a batch. */
  private static final int SAVE_ATTEMPTS = 4;

  private static final TypeReference<Map<String, Double>> DETAILS = new TypeReference<>() {};

  /** Raw results that only one audit stands on. */
  private static final String OWN_RAW_RESULTS =
      """
      content_key in (select content_key from outcome where audit_id = :audit)
      and not exists (select 1 from outcome o
        where o.content_key = raw_result.content_key and o.audit_id <> :audit)
      """;

  private static final String ROOM =
      """
      select coalesce((select sum(char_length(prompt) + char_length(output)
          + char_length(extracted) + char_length(explanation) + char_length(details))
        from outcome where audit_id = :audit), 0)
      + coalesce((select sum(char_length(body)) from raw_result where
      """
          + OWN_RAW_RESULTS
          + "), 0) from audit where id = :audit";

  private final Database database;

  AuditStore(Database database) {
    this.database = database;
  }

  /**
   * An outcome and where it came from.
   *
   * @param outcome to be stored
   * @param contentKey of its raw result, if it has one
   * @param computed the raw result, if it was not cached before
   */
  record NewOutcome(Outcome outcome, Optional<String> contentKey, Optional<RawResult> computed) {}

  void insert(Audit audit) {
    database.write(
        handle -> {
          handle.execute(
              "insert into audit (id, plan, plan_digest, frozen_at) values (?, ?, ?, ?)",
              audit.id(),
              PlanJson.write(audit.plan()),
              audit.planDigest(),
              time(audit.frozenAt()));
          handle.execute(
              "insert into job (audit_id, state, message, queued_at) values (?, ?, '', ?)",
              audit.id(),
              AuditState.QUEUED.name(),
              time(audit.frozenAt()));
        });
  }

  List<Audit> audits() {
    return database.read(
        handle ->
            handle
                .createQuery("select * from audit order by frozen_at desc, id")
                .map(AuditStore::audit)
                .list());
  }

  Optional<Audit> audit(String id) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from audit where id = :id")
                .bind("id", id)
                .map(AuditStore::audit)
                .findOne());
  }

  /**
   * Removes an audit and all that is known of it; returns false, and nothing is removed, while its
   * job is queued or runs.
   */
  boolean remove(String id) {
    return database.read(
        handle -> {
          boolean free =
              handle
                      .createUpdate(
                          "delete from job where audit_id = :audit"
                              + " and state not in ('QUEUED', 'RUNNING')")
                      .bind("audit", id)
                      .execute()
                  == 1;
          if (free) {
            delete(handle, id, "delete from raw_result where " + OWN_RAW_RESULTS);
            delete(handle, id, "delete from outcome where audit_id = :audit");
            delete(handle, id, "delete from provenance where audit_id = :audit");
            delete(handle, id, "delete from audit where id = :audit");
          }
          return free;
        });
  }

  private static void delete(Handle handle, String audit, String statement) {
    handle.createUpdate(statement).bind("audit", audit).execute();
  }

  /** Returns the characters of text that go with an audit. */
  long room(String id) {
    return database.read(
        handle -> handle.createQuery(ROOM).bind("audit", id).mapTo(Long.class).one());
  }

  void finish(String id, Instant at) {
    database.write(
        handle -> handle.execute("update audit set finished_at = ? where id = ?", time(at), id));
  }

  /**
   * Stores outcomes and the raw results behind them in one transaction.
   *
   * @throws DuplicateException if one of the outcomes is there already
   */
  void save(String auditId, List<NewOutcome> outcomes) {
    for (int attempt = 1; ; attempt++) {
      try {
        saveOnce(auditId, outcomes);
        return;
      } catch (DuplicateException e) {
        // Another process may have stored the same raw result meanwhile; now it is seen.
        if (attempt == SAVE_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void saveOnce(String auditId, List<NewOutcome> outcomes) {
    database.write(
        handle -> {
          saveRaw(handle, outcomes);
          saveScored(handle, auditId, outcomes);
        });
  }

  /** Returns the cached raw results among the given keys. */
  Map<String, RawResult> raw(Collection<String> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    return database.read(
        handle -> {
          Map<String, RawResult> found = new HashMap<>();
          handle
              .createQuery("select * from raw_result where content_key in (<keys>)")
              .bindList("keys", List.copyOf(keys))
              .map(
                  (row, context) ->
                      Map.entry(
                          row.getString("content_key"),
                          RawResult.fromJson(StoredText.read(row.getString("body")))))
              .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
          return found;
        });
  }

  int countOutcomes(String auditId) {
    return database.read(
        handle ->
            handle
                .createQuery("select count(*) from outcome where audit_id = :audit")
                .bind("audit", auditId)
                .mapTo(Integer.class)
                .one());
  }

  /** Returns the ids of the items that have an outcome. */
  Set<String> itemsDone(String auditId, String suite, String arm) {
    return database.read(
        handle ->
            new HashSet<>(
                handle
                    .createQuery(
                        "select item_id from outcome"
                            + " where audit_id = :audit and suite = :suite and arm = :arm")
                    .bind("audit", auditId)
                    .bind("suite", suite)
                    .bind("arm", arm)
                    .mapTo(String.class)
                    .list()));
  }

  /** Returns the outcomes of one suite on one arm by item id. */
  Map<String, Outcome> outcomes(String auditId, String suite, String arm) {
    return database.read(
        handle -> {
          Map<String, Outcome> byItem = new HashMap<>();
          handle
              .createQuery(
                  "select * from outcome"
                      + " where audit_id = :audit and suite = :suite and arm = :arm")
              .bind("audit", auditId)
              .bind("suite", suite)
              .bind("arm", arm)
              .map(AuditStore::outcome)
              .forEach(outcome -> byItem.put(outcome.itemId(), outcome));
          return byItem;
        });
  }

  void putFacts(String auditId, Map<String, String> facts) {
    database.write(
        handle -> {
          PreparedBatch batch = handle.prepareBatch(NEW_FACT);
          facts.forEach(
              (name, fact) ->
                  batch.bind("audit", auditId).bind("name", name).bind("fact", fact).add());
          batch.execute();
        });
  }

  Map<String, String> facts(String auditId) {
    return database.read(
        handle -> {
          Map<String, String> facts = new HashMap<>();
          handle
              .createQuery("select name, fact from provenance where audit_id = :audit")
              .bind("audit", auditId)
              .map(
                  (row, context) ->
                      Map.entry(row.getString("name"), StoredText.read(row.getString("fact"))))
              .forEach(entry -> facts.put(entry.getKey(), entry.getValue()));
          return facts;
        });
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static void saveRaw(Handle handle, List<NewOutcome> outcomes) {
    PreparedBatch batch = handle.prepareBatch(NEW_RAW_RESULT);
    inOrder(outcomes).forEach((key, raw) -> batch.bind("key", key).bind("body", raw.toJson()).add());
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  /** Rows are taken in one order by all, so that no two processes wait for each other. */
  private static SortedMap<String, RawResult> inOrder(List<NewOutcome> outcomes) {
    SortedMap<String, RawResult> byKey = new TreeMap<>();
    for (NewOutcome each : outcomes) {
      if (each.computed().isPresent() && each.contentKey().isPresent()) {
        byKey.put(each.contentKey().get(), each.computed().get());
      }
    }
    return byKey;
  }

  private static void saveScored(Handle handle, String auditId, List<NewOutcome> outcomes) {
    PreparedBatch batch = handle.prepareBatch(NEW_OUTCOME);
    for (NewOutcome each : outcomes) {
      Outcome outcome = each.outcome();
      batch
          .bind("audit", auditId)
          .bind("suite", outcome.suite())
          .bind("arm", outcome.arm())
          .bind("item", outcome.itemId())
          .bind("state", outcome.state().name())
          .bind("score", outcome.score())
          .bind("prompt", outcome.prompt())
          .bind("output", outcome.output())
          .bind("extracted", outcome.extracted())
          .bind("explanation", outcome.explanation())
          .bind("details", json(outcome.details()))
          .bind("key", each.contentKey().orElse(null))
          .add();
    }
    batch.execute();
  }

  private static Audit audit(ResultSet row, StatementContext context) throws SQLException {
    return new Audit(
        row.getString("id"),
        PlanJson.read(StoredText.read(row.getString("plan"))),
        row.getString("plan_digest"),
        row.getObject("frozen_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("finished_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }

  private static Outcome outcome(ResultSet row, StatementContext context) throws SQLException {
    return new Outcome(
        row.getString("suite"),
        row.getString("item_id"),
        row.getString("arm"),
        Outcome.State.valueOf(row.getString("state")),
        row.getDouble("score"),
        StoredText.read(row.getString("prompt")),
        StoredText.read(row.getString("output")),
        StoredText.read(row.getString("extracted")),
        StoredText.read(row.getString("explanation")),
        details(StoredText.read(row.getString("details"))));
  }

  private static String json(Map<String, Double> details) {
    return Json.mapper().valueToTree(details).toString();
  }

  private static Map<String, Double> details(String json) {
    try {
      return Json.mapper().readValue(json, DETAILS);
    } catch (JsonProcessingException e) {
      throw new AuditException("A stored outcome cannot be read; the data folder is damaged.", e);
    }
  }
}
