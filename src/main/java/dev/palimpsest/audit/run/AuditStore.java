package dev.palimpsest.audit.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.palimpsest.Json;
import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.AuditRow;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlanJson;
import dev.palimpsest.audit.review.Review;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.StoredText;
import dev.palimpsest.storage.TextKey;
import dev.palimpsest.suite.variant.Variant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
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

  private static final String NEW_TEXT =
      """
      merge into text_body t
      using (values (cast(:key as varchar), cast(:body as text))) s (text_key, body)
      on t.text_key = s.text_key
      when not matched then insert (text_key, body) values (s.text_key, s.body)
      """;

  private static final String NEW_OUTCOME =
      """
      insert into outcome (audit_id, suite, arm, item_id, place, state, score, margin, prompt_key,
        output_key, content_key)
      values (:audit, :suite, :arm, :item, :place, :state, :score, cast(:margin as double precision),
        :prompt, :output, cast(:key as varchar))
      """;

  private static final String NEW_DETAIL =
      """
      insert into outcome_detail (outcome_id, extracted, explanation, details)
      values (:id, cast(:extracted as text), :explanation, :details)
      """;

  private static final String REPLACE_DETAILS =
      "update outcome_detail set details = :details where outcome_id = :id";

  private static final String OUTCOME =
      """
      select o.id, o.suite, o.item_id, o.arm, o.state, o.score, p.body as prompt,
        a.body as output, d.extracted, d.explanation, d.details
      from outcome o
      join text_body p on p.text_key = o.prompt_key
      join text_body a on a.text_key = o.output_key
      join outcome_detail d on d.outcome_id = o.id
      """;

  private static final String HOLDING =
      """
      select o.suite, o.arm, o.item_id
      from outcome o
      join text_body p on p.text_key = o.prompt_key
      join text_body a on a.text_key = o.output_key
      where o.audit_id = :audit
        and (position(:text in lower(o.item_id)) > 0 or position(:text in lower(p.body)) > 0
          or position(:text in lower(a.body)) > 0)
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

  /**
   * The page is cut in an index and only its rows are read: they lie beside their plans, which may
   * be large.
   */
  static final String LINES =
      """
      select a.id, a.title, a.base_name, a.tuned_names, a.planned, a.frozen_at, j.state, j.message
      from (select id from audit order by frozen_at desc, id
        offset :from rows fetch next :size rows only) page
      join audit a on a.id = page.id
      join job j on j.audit_id = page.id
      order by a.frozen_at desc, a.id
      """;

  private static final TypeReference<Map<String, Double>> DETAILS = new TypeReference<>() {};
  private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

  private static final int PLANS_KEPT = 16;

  /** Raw results that only one audit stands on. */
  private static final String OWN_RAW_RESULTS =
      """
      content_key in (select content_key from outcome where audit_id = :audit)
      and not exists (select 1 from outcome o
        where o.content_key = raw_result.content_key and o.audit_id <> :audit)
      """;

  /** Texts of an audit that no other one has. */
  private static final String OWN_TEXTS =
      """
      text_key in (select prompt_key from outcome where audit_id = :audit
        union select output_key from outcome where audit_id = :audit)
      and text_key not in (select prompt_key from outcome where audit_id <> :audit
        union select output_key from outcome where audit_id <> :audit)
      """;

  private static final String OWN_DETAILS =
      "outcome_id in (select id from outcome where audit_id = :audit)";

  private static final String ROOM =
      """
      select coalesce((select sum(char_length(body)) from text_body where %s), 0)
        + coalesce((select sum(coalesce(char_length(extracted), 0) + char_length(explanation)
          + char_length(details)) from outcome_detail where %s), 0)
        + coalesce((select sum(char_length(body)) from raw_result where %s), 0)
        + coalesce((select sum(char_length(body)) from report where audit_id = :audit), 0)
      from audit where id = :audit
      """
          .formatted(OWN_TEXTS, OWN_DETAILS, OWN_RAW_RESULTS);

  /** What goes with an audit, in an order in which nothing refers to what is gone. */
  private static final List<String> REMOVAL =
      List.of(
          "delete from raw_result where " + OWN_RAW_RESULTS,
          "delete from text_body where " + OWN_TEXTS,
          "delete from outcome_detail where " + OWN_DETAILS,
          "delete from outcome where audit_id = :audit",
          "delete from provenance where audit_id = :audit",
          "delete from item_review where audit_id = :audit",
          "delete from token_strip where audit_id = :audit",
          "delete from audit_person where audit_id = :audit",
          "delete from judged_answer where audit_id = :audit",
          "delete from judge_run where audit_id = :audit",
          "delete from answer_label where audit_id = :audit",
          "delete from amplified where audit_id = :audit",
          "delete from report where audit_id = :audit",
          "delete from audit where id = :audit");

  /**
   * Held by whoever stores texts and raw results or removes those that nobody refers to, so that
   * none goes that has just been found there, and none is stored by two at once.
   */
  private static final String HOLD_TEXTS = "select id from text_guard for update";

  private final Database database;
  private final Recent<String, Planned> plans = new Recent<>(PLANS_KEPT);

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
    insert(audit, Requester.LOCAL);
  }

  /** Stores a frozen audit, whose work it is, and its job, which waits. */
  void insert(Audit audit, Requester requester) {
    database.write(
        handle -> {
          handle.execute(
              "insert into audit (id, plan, plan_digest, frozen_at, title, base_name, tuned_names,"
                  + " planned, base_digest) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
              audit.id(),
              PlanJson.write(audit.plan()),
              audit.planDigest(),
              time(audit.frozenAt()),
              audit.plan().name(),
              audit.plan().base().name(),
              Json.mapper().valueToTree(tunedNames(audit.plan())).toString(),
              total(audit.plan()),
              audit.plan().base().digest());
          handle.execute(
              "insert into job (audit_id, state, message, queued_at) values (?, ?, '', ?)",
              audit.id(),
              AuditState.QUEUED.name(),
              time(audit.frozenAt()));
          AuditPeople.insert(handle, audit, requester);
          Ledger.append(
              handle,
              LedgerEntry.ofAudit(
                  "audit.planned",
                  requester.actor(),
                  audit.id(),
                  audit.planDigest(),
                  Map.of("title", audit.plan().name())));
        });
  }

  /** Returns how many outcomes a plan asks for, apart from those that only losses call for. */
  static int total(AuditPlan plan) {
    return plan.arms().stream()
        .flatMap(arm -> plan.asked(arm).stream())
        .filter(suite -> !Variant.of(suite.suite()).equals(Optional.of(Variant.FEW_SHOT)))
        .mapToInt(suite -> suite.itemIds().size())
        .sum();
  }

  private static List<String> tunedNames(AuditPlan plan) {
    return plan.tuned().stream().map(Arm::name).toList();
  }

  /** An audit of a list and its job; {@code done} is counted only while it is not finished. */
  record Line(
      String id,
      String title,
      String base,
      List<String> tuned,
      int planned,
      AuditState state,
      String message,
      Instant frozenAt) {}

  /** Returns some audits, newest first. */
  List<Line> lines(int from, int size) {
    return database.read(
        handle ->
            handle
                .createQuery(LINES)
                .bind("from", from)
                .bind("size", size)
                .map(AuditStore::line)
                .list());
  }

  int count() {
    return database.read(
        handle -> handle.createQuery("select count(*) from audit").mapTo(Integer.class).one());
  }

  /** Returns how many outcomes some audits have, by audit; those without any are left out. */
  Map<String, Integer> countOutcomes(List<String> auditIds) {
    if (auditIds.isEmpty()) {
      return Map.of();
    }
    return database.read(
        handle -> {
          Map<String, Integer> counts = new HashMap<>();
          handle
              .createQuery(
                  "select audit_id, count(*) as done from outcome where audit_id in (<ids>)"
                      + " group by audit_id")
              .bindList("ids", auditIds)
              .map((row, context) -> Map.entry(row.getString("audit_id"), row.getInt("done")))
              .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
          return counts;
        });
  }

  List<Audit> audits() {
    return database.read(
        handle ->
            handle
                .createQuery("select * from audit order by frozen_at desc, id")
                .map((row, context) -> audit(row))
                .list());
  }

  Optional<Audit> audit(String id) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select id, plan_digest, frozen_at, finished_at from audit where id = :id")
                .bind("id", id)
                .map((row, context) -> audit(row, plan(handle, row.getString("id"))))
                .findOne());
  }

  /** How the removal of an audit went; nothing is removed but where all of it is. */
  enum Removed {
    /** The audit is gone. */
    ALL,
    /** Its job is queued or runs. */
    NOT_UNDER_WAY,
    /** Somebody decided on its report. */
    NOT_SIGNED
  }

  /**
   * Removes an audit and all that is known of it. Its row is locked first, as by who signs its
   * report, so that a report cannot be signed and removed at once.
   */
  Removed remove(String id) {
    plans.remove(id);
    return database.read(
        handle -> {
          AuditRow.lock(handle, id);
          if (AuditRow.isSigned(handle, id)) {
            return Removed.NOT_SIGNED;
          }
          boolean free =
              handle
                      .createUpdate(
                          "delete from job where audit_id = :audit"
                              + " and state not in ('QUEUED', 'RUNNING')")
                      .bind("audit", id)
                      .execute()
                  == 1;
          if (free) {
            holdTexts(handle);
            REMOVAL.forEach(
                statement -> handle.createUpdate(statement).bind("audit", id).execute());
            Ledger.append(handle, ledgerEntry("audit.removed", LedgerEntry.Actor.LOCAL, id));
          }
          return free ? Removed.ALL : Removed.NOT_UNDER_WAY;
        });
  }

  static void holdTexts(Handle handle) {
    handle.createQuery(HOLD_TEXTS).mapTo(Integer.class).list();
  }

  /** Returns the characters of text that go with an audit. */
  long room(String id) {
    return database.read(
        handle -> handle.createQuery(ROOM).bind("audit", id).mapTo(Long.class).one());
  }

  /** A plan never changes and may hold ten thousand items, so it is not read again and again. */
  private Planned plan(Handle handle, String id) {
    return plans.computeIfAbsent(
        id,
        unknown ->
            Planned.of(
                PlanJson.read(
                    StoredText.read(
                        handle
                            .createQuery("select plan from audit where id = :id")
                            .bind("id", id)
                            .mapTo(String.class)
                            .one()))));
  }

  void finish(String id, Instant at) {
    database.write(
        handle -> {
          handle.execute("update audit set finished_at = ? where id = ?", time(at), id);
          Ledger.append(handle, ledgerEntry("audit.finished", LedgerEntry.Actor.SYSTEM, id));
        });
  }

  private static LedgerEntry ledgerEntry(String action, LedgerEntry.Actor actor, String auditId) {
    return LedgerEntry.ofAudit(action, actor, auditId, "", Map.of());
  }

  /**
   * Stores outcomes and the raw results behind them in one transaction.
   *
   * @throws dev.palimpsest.storage.DuplicateException if one of the outcomes is there already
   */
  void save(String auditId, List<NewOutcome> outcomes) {
    database.write(
        handle -> {
          holdTexts(handle);
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

  /** Returns the items of a suite that the base has right and an arm wrong, by item id. */
  List<String> lost(Audit audit, String suite, String arm) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select b.item_id from outcome b join outcome t on t.audit_id = b.audit_id"
                        + " and t.suite = b.suite and t.item_id = b.item_id and t.arm = :arm"
                        + " where b.audit_id = :audit and b.suite = :suite and b.arm = :base"
                        + " and b.state = 'SCORED' and t.state = 'SCORED'"
                        + " and b.score >= 0.5 and t.score < 0.5 order by b.item_id")
                .bind("audit", audit.id())
                .bind("suite", suite)
                .bind("base", audit.plan().base().name())
                .bind("arm", arm)
                .mapTo(String.class)
                .list());
  }

  /** Returns the outcomes of one suite on one arm by item id. */
  Map<String, Outcome> outcomes(String auditId, String suite, String arm) {
    return database.read(
        handle -> {
          Map<String, Outcome> byItem = new HashMap<>();
          ofSuite(handle, auditId, suite, arm)
              .map(AuditStore::outcome)
              .forEach(outcome -> byItem.put(outcome.itemId(), outcome));
          return byItem;
        });
  }

  private static Query ofSuite(Handle handle, String auditId, String suite, String arm) {
    return handle
        .createQuery(OUTCOME + " where o.audit_id = :audit and o.suite = :suite and o.arm = :arm")
        .bind("audit", auditId)
        .bind("suite", suite)
        .bind("arm", arm);
  }

  /**
   * Adds a figure to what outcomes of one suite on one arm rest on.
   *
   * @param byItem its values by item id
   */
  void addFigure(
      String auditId, String suite, String arm, String name, Map<String, Double> byItem) {
    database.write(
        handle -> {
          PreparedBatch batch = handle.prepareBatch(REPLACE_DETAILS);
          ofSuite(handle, auditId, suite, arm)
              .map((row, context) -> Map.entry(row.getLong("id"), outcome(row, context)))
              .list()
              .forEach(
                  row -> {
                    Outcome outcome = row.getValue();
                    if (byItem.containsKey(outcome.itemId())) {
                      Map<String, Double> details = new LinkedHashMap<>(outcome.details());
                      details.put(name, byItem.get(outcome.itemId()));
                      batch.bind("id", row.getKey()).bind("details", json(details)).add();
                    }
                  });
          if (batch.size() > 0) {
            batch.execute();
          }
        });
  }

  /** Returns the answers that hold a text in their item's id, their prompt or themselves. */
  Set<Review.Answer> holding(String auditId, String text) {
    // No database text holds a NUL, and PostgreSQL refuses to be asked for one.
    String wanted = text.toLowerCase(Locale.ROOT).replace("\0", "");
    return database.read(
        handle ->
            new HashSet<>(
                handle
                    .createQuery(HOLDING)
                    .bind("audit", auditId)
                    .bind("text", wanted)
                    .map(
                        (row, context) ->
                            new Review.Answer(
                                row.getString("suite"),
                                row.getString("arm"),
                                row.getString("item_id")))
                    .list()));
  }

  /** Returns outcomes by their row ids. */
  static Map<Long, Outcome> outcomes(Handle handle, Collection<Long> ids) {
    Map<Long, Outcome> byId = new HashMap<>();
    if (!ids.isEmpty()) {
      handle
          .createQuery(OUTCOME + " where o.id in (<ids>)")
          .bindList("ids", List.copyOf(ids))
          .map((row, context) -> Map.entry(row.getLong("id"), outcome(row, context)))
          .forEach(entry -> byId.put(entry.getKey(), entry.getValue()));
    }
    return byId;
  }

  /** Returns the outcomes that came after a row, without their texts, in the order they came. */
  List<Tally.Entry> entriesAfter(String auditId, long id) {
    // Later rows are few and lie at the table's end: the expression keeps a planner from the index
    // by audit, which would read all of the audit's rows every time.
    String ofAudit = id == 0 ? "audit_id = :audit" : "audit_id || '' = :audit";
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select id, suite, arm, item_id, state, score, margin, output_key from outcome"
                        + " where id > :id and "
                        + ofAudit
                        + " order by id")
                .bind("audit", auditId)
                .bind("id", id)
                .map(AuditStore::entry)
                .list());
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
    for (NewOutcome each : outcomes) {
      if (each.computed().isPresent() && each.contentKey().isPresent()) {
        batch
            .bind("key", each.contentKey().get())
            .bind("body", each.computed().get().toJson())
            .add();
      }
    }
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  private void saveScored(Handle handle, String auditId, List<NewOutcome> outcomes) {
    Planned plan = plan(handle, auditId);
    saveTexts(handle, outcomes);
    PreparedBatch batch = handle.prepareBatch(NEW_OUTCOME);
    for (NewOutcome each : outcomes) {
      Outcome outcome = each.outcome();
      double margin = PairBrief.margin(outcome);
      batch
          .bind("audit", auditId)
          .bind("suite", outcome.suite())
          .bind("arm", outcome.arm())
          .bind("item", outcome.itemId())
          .bind("place", plan.place(outcome.suite(), outcome.itemId()))
          .bind("state", outcome.state().name())
          .bind("score", outcome.score())
          .bind("margin", Double.isFinite(margin) ? (Double) margin : null)
          .bind("prompt", TextKey.of(outcome.prompt()))
          .bind("output", TextKey.of(outcome.output()))
          .bind("key", each.contentKey().orElse(null))
          .add();
    }
    saveDetails(handle, outcomes, batch.executePreparedBatch("id").mapTo(Long.class).list());
  }

  private static void saveTexts(Handle handle, List<NewOutcome> outcomes) {
    saveTexts(
        handle,
        outcomes.stream()
            .map(NewOutcome::outcome)
            .flatMap(outcome -> Stream.of(outcome.prompt(), outcome.output())));
  }

  /** Stores texts that are not there yet; the caller holds them. */
  static void saveTexts(Handle handle, Stream<String> bodies) {
    Map<String, String> texts = new HashMap<>();
    bodies.forEach(body -> texts.put(TextKey.of(body), body));
    PreparedBatch batch = handle.prepareBatch(NEW_TEXT);
    texts.forEach((key, body) -> batch.bind("key", key).bind("body", body).add());
    batch.execute();
  }

  private static void saveDetails(Handle handle, List<NewOutcome> outcomes, List<Long> ids) {
    PreparedBatch batch = handle.prepareBatch(NEW_DETAIL);
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i).outcome();
      boolean whole = outcome.extracted().equals(outcome.output());
      batch
          .bind("id", ids.get(i))
          .bind("extracted", whole ? null : outcome.extracted())
          .bind("explanation", outcome.explanation())
          .bind("details", json(outcome.details()))
          .add();
    }
    batch.execute();
  }

  private static Audit audit(ResultSet row) throws SQLException {
    return audit(row, Planned.of(PlanJson.read(StoredText.read(row.getString("plan")))));
  }

  private static Audit audit(ResultSet row, Planned planned) throws SQLException {
    return new Audit(
        row.getString("id"),
        planned.plan(),
        row.getString("plan_digest"),
        instant(row, "frozen_at"),
        Optional.ofNullable(row.getObject("finished_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static Line line(ResultSet row, StatementContext context) throws SQLException {
    return new Line(
        row.getString("id"),
        StoredText.read(row.getString("title")),
        StoredText.read(row.getString("base_name")),
        names(StoredText.read(row.getString("tuned_names"))),
        row.getInt("planned"),
        AuditState.valueOf(row.getString("state")),
        StoredText.read(row.getString("message")),
        instant(row, "frozen_at"));
  }

  private static Tally.Entry entry(ResultSet row, StatementContext context) throws SQLException {
    double margin = row.getDouble("margin");
    boolean hasMargin = !row.wasNull();
    // The same few names stand in every row.
    return new Tally.Entry(
        row.getLong("id"),
        row.getString("suite").intern(),
        row.getString("arm").intern(),
        row.getString("item_id").intern(),
        Outcome.State.valueOf(row.getString("state")),
        row.getDouble("score"),
        hasMargin ? margin : Double.NaN,
        TextKey.number(row.getString("output_key")));
  }

  static Outcome outcome(ResultSet row, StatementContext context) throws SQLException {
    return new Outcome(
        row.getString("suite"),
        row.getString("item_id"),
        row.getString("arm"),
        Outcome.State.valueOf(row.getString("state")),
        row.getDouble("score"),
        StoredText.read(row.getString("prompt")),
        StoredText.read(row.getString("output")),
        StoredText.read(
            Optional.ofNullable(row.getString("extracted")).orElse(row.getString("output"))),
        StoredText.read(row.getString("explanation")),
        details(StoredText.read(row.getString("details"))));
  }

  static String json(Map<String, Double> details) {
    return Json.mapper().valueToTree(details).toString();
  }

  private static List<String> names(String json) {
    try {
      return Json.mapper().readValue(json, NAMES);
    } catch (JsonProcessingException e) {
      throw new AuditException("A stored audit cannot be read; the data folder is damaged.", e);
    }
  }

  private static Map<String, Double> details(String json) {
    try {
      return Json.mapper().readValue(json, DETAILS);
    } catch (JsonProcessingException e) {
      throw new AuditException("A stored outcome cannot be read; the data folder is damaged.", e);
    }
  }
}
