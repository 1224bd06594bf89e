package dev.palimpsest.web;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.review.Review;
import dev.palimpsest.audit.review.Reviews;
import dev.palimpsest.audit.run.AuditLine;
import dev.palimpsest.audit.run.AuditState;
import dev.palimpsest.audit.run.AuditStatus;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.audit.run.PairCounts;
import dev.palimpsest.audit.verdict.AuditResult;
import dev.palimpsest.audit.verdict.Condition;
import dev.palimpsest.audit.verdict.Conditions;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.audit.verdict.Findings;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.audit.verdict.ReleaseVerdicts;
import dev.palimpsest.storage.Database;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Audits in memory, whose outcomes a test puts in: pages are tested on every state without a model.
 * Findings and verdicts are computed as in earnest.
 */
final class SampleAudits implements Audits {
  private final Map<String, Audit> audits = new LinkedHashMap<>();
  private final Map<String, AuditStatus> statuses = new ConcurrentHashMap<>();
  private final Map<String, List<PairedOutcome>> pairs = new ConcurrentHashMap<>();
  private final Map<String, List<Consumer<AuditStatus>>> listeners = new ConcurrentHashMap<>();
  private final List<Consumer<AuditStatus>> ofAll = new CopyOnWriteArrayList<>();

  /** How often a report's figures, and how often the counts of its progress, were asked for. */
  final AtomicInteger results = new AtomicInteger();

  final AtomicInteger counted = new AtomicInteger();

  private Optional<Database> rows = Optional.empty();

  /** Gives every audit a row in a database, as what refers to audits there asks for one. */
  void keepRowsIn(Database database) {
    rows = Optional.of(database);
    audits.values().forEach(this::insertRow);
  }

  private void insertRow(Audit audit) {
    rows.ifPresent(
        database ->
            database.write(
                handle ->
                    handle.execute(
                        "insert into audit (id, plan, plan_digest, frozen_at) select ?, '{}', ?, ?"
                            + " where not exists (select 1 from audit where id = ?)",
                        audit.id(),
                        audit.planDigest(),
                        audit.frozenAt().atOffset(ZoneOffset.UTC),
                        audit.id())));
  }

  /** Adds the outcomes of one suite on one tuned checkpoint. */
  void put(String auditId, String suite, String tuned, List<PairedOutcome> outcomes) {
    pairs.put(key(auditId, suite, tuned), List.copyOf(outcomes));
  }

  /** Moves a job and tells who follows it. */
  void move(String auditId, AuditState state, int done, int total, String message) {
    if (state == AuditState.FINISHED) {
      audits.computeIfPresent(auditId, (id, audit) -> finished(audit));
    }
    AuditStatus status =
        new AuditStatus(auditId, state, done, total, "Asking base, knowledge", 95, message);
    statuses.put(auditId, status);
    listeners.getOrDefault(auditId, List.of()).forEach(listener -> listener.accept(status));
    ofAll.forEach(listener -> listener.accept(status));
  }

  private static Audit finished(Audit audit) {
    return new Audit(
        audit.id(),
        audit.plan(),
        audit.planDigest(),
        audit.frozenAt(),
        Optional.of(Instant.parse("2026-11-24T03:21:09Z")));
  }

  @Override
  public Audit start(AuditPlan plan) {
    String id = "audit" + (audits.size() + 1);
    Instant at = Instant.parse("2026-11-24T03:00:00Z");
    Audit audit = new Audit(id, plan, "cd".repeat(32), at, Optional.empty());
    audits.put(id, audit);
    insertRow(audit);
    statuses.put(id, new AuditStatus(id, AuditState.QUEUED, 0, 1, "Waiting", -1, ""));
    return audit;
  }

  @Override
  public List<Audit> list() {
    List<Audit> newest = new ArrayList<>(audits.values());
    java.util.Collections.reverse(newest);
    return newest;
  }

  @Override
  public List<AuditLine> lines(int from, int size) {
    return list().stream().skip(from).limit(size).map(this::line).toList();
  }

  private AuditLine line(Audit audit) {
    AuditPlan plan = audit.plan();
    return new AuditLine(
        audit.id(),
        plan.name(),
        plan.base().name(),
        plan.tuned().stream().map(Arm::name).toList(),
        status(audit.id()),
        audit.frozenAt());
  }

  @Override
  public int count() {
    return audits.size();
  }

  @Override
  public Optional<Audit> find(String auditId) {
    return Optional.ofNullable(audits.get(auditId));
  }

  @Override
  public AuditStatus status(String auditId) {
    return statuses.get(auditId);
  }

  @Override
  public Subscription follow(String auditId, Consumer<AuditStatus> listener) {
    List<Consumer<AuditStatus>> all =
        listeners.computeIfAbsent(auditId, id -> new CopyOnWriteArrayList<>());
    all.add(listener);
    return () -> all.remove(listener);
  }

  @Override
  public Subscription followAll(Consumer<AuditStatus> listener) {
    ofAll.add(listener);
    return () -> ofAll.remove(listener);
  }

  @Override
  public void cancel(String auditId) {
    move(auditId, AuditState.CANCELLED, status(auditId).done(), status(auditId).total(), "");
  }

  @Override
  public void resume(String auditId) {
    move(auditId, AuditState.QUEUED, status(auditId).done(), status(auditId).total(), "");
  }

  @Override
  public void remove(String auditId) {
    rows.ifPresent(
        database ->
            database.write(handle -> handle.execute("delete from audit where id = ?", auditId)));
    audits.remove(auditId);
    statuses.remove(auditId);
  }

  @Override
  public long room(String auditId) {
    return 1_200_000;
  }

  @Override
  public PairCounts counts(String auditId) {
    counted.incrementAndGet();
    return Audits.super.counts(auditId);
  }

  @Override
  public AuditResult result(String auditId) {
    results.incrementAndGet();
    AuditPlan plan = audits.get(auditId).plan();
    boolean complete = status(auditId).state() == AuditState.FINISHED;
    List<Finding> findings =
        Findings.of(plan, (suite, tuned) -> items(auditId, suite, tuned).briefs());
    List<Condition> conditions =
        Conditions.of(
            audits.get(auditId),
            findings,
            (suite, tuned) -> items(auditId, suite, tuned).briefs(),
            (suite, tuned) -> items(auditId, suite, tuned));
    Map<String, ReleaseVerdict> verdicts =
        ReleaseVerdicts.byArm(plan, findings, conditions, complete);
    return new AuditResult(
        audits.get(auditId),
        findings,
        verdicts,
        ReleaseVerdicts.whole(verdicts.values()),
        Map.of("device", "cpu", "engine", "PyTorch 2.7.1"),
        List.of(),
        List.of(),
        conditions);
  }

  @Override
  public Map<String, Boolean> scores(String auditId, String suite, String arm) {
    Map<String, Boolean> scores = new HashMap<>();
    AuditPlan plan = audits.get(auditId).plan();
    for (Arm tuned : plan.tuned()) {
      for (PairedOutcome pair : pairs(auditId, suite, tuned.name())) {
        Outcome own = arm.equals(plan.base().name()) ? pair.base() : pair.tuned();
        if (own.arm().equals(arm) && own.state() == Outcome.State.SCORED) {
          scores.put(own.itemId(), own.isRight());
        }
      }
    }
    return scores;
  }

  @Override
  public List<PairedOutcome> pairs(String auditId, String suite, String tuned) {
    return pairs.getOrDefault(key(auditId, suite, tuned), List.of());
  }

  @Override
  public List<Review> reviews(String auditId) {
    return rows.map(database -> new Reviews(database).of(auditId)).orElse(List.of());
  }

  static PairedOutcome pair(Outcome base, Outcome tuned) {
    return new PairedOutcome(base, tuned);
  }

  private static String key(String auditId, String suite, String tuned) {
    return auditId + "/" + suite + "/" + tuned;
  }
}
