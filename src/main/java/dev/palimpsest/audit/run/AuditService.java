package dev.palimpsest.audit.run;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.SuitePairs;
import dev.palimpsest.audit.amplified.AmplifiedResult;
import dev.palimpsest.audit.amplified.AmplifiedStore;
import dev.palimpsest.audit.judge.JudgeStore;
import dev.palimpsest.audit.judge.JudgedAudit;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlanJson;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.review.Review;
import dev.palimpsest.audit.review.Reviews;
import dev.palimpsest.audit.verdict.AuditResult;
import dev.palimpsest.audit.verdict.AuditResults;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.storage.Database;
import dev.palimpsest.storage.Lease;
import dev.palimpsest.storage.LeaseOwner;
import dev.palimpsest.suite.SuiteLibrary;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audits of one data folder, with a persistent queue that one of them at a time is run from.
 *
 * <p>Everything that was stored survives {@code kill -9}; jobs that were running are taken up again
 * by the next process that opens the folder.
 */
public final class AuditService implements Audits, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditService.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int ID_LENGTH = 10;

  private static final int TALLIES_KEPT = 4;

  private final Database database;
  private final AuditStore store;
  private final Reviews reviews;
  private final JudgeStore judges;
  private final AmplifiedStore amplified;
  private final JobStore jobs;
  private final RegisteredPolicies policies;
  private final Recent<String, Tally> tallies = new Recent<>(TALLIES_KEPT);
  private final Followers followers = new Followers();
  private final AuditLane lane;

  /** What this service was asked to run; empty if it runs whatever is queued. */
  private final Optional<Set<String>> asked;

  private final String owner;

  private AuditService(
      Database database, SuiteLibrary suites, ModelLoader loader, Optional<Set<String>> asked) {
    this.owner = LeaseOwner.ofThisProcess(newId()).text();
    this.asked = asked;
    this.database = database;
    this.store = new AuditStore(database);
    this.reviews = new Reviews(database);
    this.judges = new JudgeStore(database);
    this.amplified = new AmplifiedStore(database);
    this.jobs = new JobStore(database, owner);
    this.policies = new RegisteredPolicies(database, Clock.systemUTC());
    this.lane =
        new AuditLane(
            store,
            jobs,
            suites,
            loader,
            followers::tell,
            id -> followers.tell(status(id)),
            () -> asked);
  }

  /**
   * Opens the audits and goes on with those that were under way.
   *
   * @param database of this process alone; stays the caller's to close, after this service
   * @param loader loads models, normally in worker processes
   */
  public static AuditService open(Database database, SuiteLibrary suites, ModelLoader loader) {
    return open(database, new AuditService(database, suites, loader, Optional.empty()));
  }

  /**
   * Opens the audits for somebody who wants his own: what others left unfinished keeps its place
   * and is not waited for.
   */
  public static AuditService openForOwn(
      Database database, SuiteLibrary suites, ModelLoader loader) {
    Set<String> asked = ConcurrentHashMap.newKeySet();
    return open(database, new AuditService(database, suites, loader, Optional.of(asked)));
  }

  private static AuditService open(Database database, AuditService service) {
    if (!database.isShared()) {
      service.jobs.requeueOthers();
    }
    service.lane.open(service::lookAtOthers);
    return service;
  }

  private void lookAtOthers() {
    try {
      followers.audits().stream()
          .filter(id -> lane.running(id).isEmpty())
          .forEach(id -> followers.tell(status(id)));
    } catch (UserFacingException e) {
      LOG.debug("what other processes do is not known", e);
    }
  }

  @Override
  public Audit start(AuditPlan plan) {
    return start(plan, Requester.LOCAL);
  }

  @Override
  public Audit start(AuditPlan plan, Requester requester) {
    Audit audit =
        new Audit(
            newId(),
            plan,
            PlanJson.digest(plan),
            Instant.now().truncatedTo(ChronoUnit.MILLIS),
            Optional.empty());
    store.insert(audit, requester);
    asked.ifPresent(ids -> ids.add(audit.id()));
    lane.wake();
    return audit;
  }

  @Override
  public List<Audit> list() {
    return store.audits();
  }

  @Override
  public List<AuditLine> lines(int from, int size) {
    List<AuditStore.Line> lines = store.lines(from, size);
    List<String> unfinished =
        lines.stream()
            .filter(line -> line.state() != AuditState.FINISHED)
            .map(AuditStore.Line::id)
            .toList();
    Map<String, Integer> done = store.countOutcomes(unfinished);
    return lines.stream().map(line -> line(line, done.getOrDefault(line.id(), 0))).toList();
  }

  private AuditLine line(AuditStore.Line line, int counted) {
    int done = line.state() == AuditState.FINISHED ? line.planned() : counted;
    AuditStatus stored =
        new AuditStatus(
            line.id(),
            line.state(),
            done,
            line.planned(),
            step(line.id(), line.state()),
            -1,
            line.message());
    return new AuditLine(
        line.id(),
        line.title(),
        line.base(),
        line.tuned(),
        lane.running(line.id()).orElse(stored),
        line.frozenAt());
  }

  @Override
  public int count() {
    return store.count();
  }

  @Override
  public Optional<Audit> find(String auditId) {
    return store.audit(auditId);
  }

  @Override
  public AuditStatus status(String auditId) {
    return lane.running(auditId).orElseGet(() -> storedStatus(existing(auditId)));
  }

  @Override
  public Subscription follow(String auditId, Consumer<AuditStatus> listener) {
    Subscription subscription = followers.add(auditId, listener);
    followers.tell(status(auditId));
    return subscription;
  }

  @Override
  public Subscription followAll(Consumer<AuditStatus> listener) {
    return followers.addToAll(listener);
  }

  @Override
  public void cancel(String auditId) {
    if (existing(auditId).finishedAt().isPresent()) {
      return;
    }
    jobs.settle(auditId, AuditState.CANCELLED, "");
    lane.stop(auditId);
    followers.tell(status(auditId));
  }

  @Override
  public void resume(String auditId) {
    Audit audit = existing(auditId);
    AuditState state = job(auditId).state();
    if (state == AuditState.FAILED || state == AuditState.CANCELLED) {
      jobs.queue(audit.id(), Instant.now());
    }
    asked.ifPresent(ids -> ids.add(auditId));
    lane.wake();
  }

  @Override
  public void remove(String auditId) {
    existing(auditId);
    AuditStore.Removed removed =
        lane.isAt(auditId) ? AuditStore.Removed.NOT_UNDER_WAY : store.remove(auditId);
    if (removed == AuditStore.Removed.NOT_SIGNED) {
      throw new AuditException(
          "This audit's report is signed; what was signed stays, with the report that it was signed"
              + " on.");
    }
    if (removed == AuditStore.Removed.NOT_UNDER_WAY) {
      throw new AuditException(
          "This audit is under way or just being stopped; cancel it, wait a moment, and remove it"
              + " then.");
    }
    tallies.remove(auditId);
  }

  @Override
  public long room(String auditId) {
    return store.room(existing(auditId).id());
  }

  @Override
  public AuditResult result(String auditId) {
    Audit audit = existing(auditId);
    Tally tally = tally(audit);
    return AuditResults.of(
        audit,
        facts(audit),
        tally::briefs,
        tally::scores,
        tally::answers,
        (suite, tuned) -> items(auditId, suite, tuned));
  }

  @Override
  public List<GateStanding> standings(String auditId) {
    Audit audit = existing(auditId);
    return audit.plan().decidesEarly()
        ? GateStanding.of(audit.plan(), tally(audit)::answers, store.facts(auditId))
        : List.of();
  }

  @Override
  public PairCounts counts(String auditId) {
    Audit audit = existing(auditId);
    return PairCounts.of(audit.plan(), tally(audit)::counts);
  }

  /** Outcomes are read once each, whoever asks however often. */
  private Tally tally(Audit audit) {
    Tally tally = tallies.computeIfAbsent(audit.id(), id -> new Tally(audit.plan()));
    tally.refresh(id -> store.entriesAfter(audit.id(), id));
    return tally;
  }

  @Override
  public List<PairedOutcome> pairs(String auditId, String suite, String tuned) {
    return items(auditId, suite, tuned).all();
  }

  @Override
  public Map<String, Boolean> scores(String auditId, String suite, String arm) {
    return tally(existing(auditId)).scores(suite, arm);
  }

  @Override
  public SuitePairs items(String auditId, String suite, String tuned) {
    Audit audit = existing(auditId);
    return new StoredPairs(database, audit, plannedSuite(audit, suite), tuned, () -> tally(audit));
  }

  @Override
  public List<Review> reviews(String auditId) {
    return reviews.of(auditId);
  }

  @Override
  public Optional<JudgedAudit> judged(String auditId) {
    return judges.of(auditId);
  }

  @Override
  public List<AmplifiedResult> amplified(String auditId) {
    return amplified.of(auditId);
  }

  @Override
  public int reviewCount(String auditId) {
    return reviews.count(auditId);
  }

  @Override
  public Set<Review.Answer> holding(String auditId, String text) {
    return store.holding(auditId, text);
  }

  /** Stops running; what runs now is taken up again by the next process. */
  @Override
  public void close() {
    lane.close();
  }

  private static PlannedSuite plannedSuite(Audit audit, String suite) {
    return audit.plan().asked().stream()
        .filter(planned -> planned.suite().equals(suite))
        .findFirst()
        .orElseThrow(() -> new AuditException("This audit has no suite " + suite + "."));
  }

  private Map<String, String> facts(Audit audit) {
    Map<String, String> facts = store.facts(audit.id());
    facts.put("frozen", audit.frozenAt().toString());
    registered(audit).ifPresent(at -> facts.put("policy registered", at.toString()));
    audit
        .finishedAt()
        .ifPresent(
            at -> {
              facts.put("finished", at.toString());
              facts.put(
                  "seconds", Long.toString(Duration.between(audit.frozenAt(), at).toSeconds()));
            });
    return facts;
  }

  /** A policy that came after the plan was frozen was registered for another audit. */
  private Optional<Instant> registered(Audit audit) {
    return audit
        .plan()
        .policy()
        .flatMap(planned -> policies.find(planned.digest()))
        .map(RegisteredPolicies.Registered::at)
        .filter(at -> !at.isAfter(audit.frozenAt()));
  }

  private AuditStatus storedStatus(Audit audit) {
    JobStore.Job job = job(audit.id());
    int total = AuditStore.total(audit.plan());
    // Every view of a finished audit asks for this; counting its rows would read all of them.
    int done = job.state() == AuditState.FINISHED ? total : store.countOutcomes(audit.id());
    return new AuditStatus(
        audit.id(), job.state(), done, total, step(audit.id(), job.state()), -1, job.message());
  }

  private String step(String auditId, AuditState state) {
    return switch (state) {
      case QUEUED -> waiting(auditId);
      case RUNNING ->
          jobs.lease(auditId)
              .filter(lease -> !lease.owner().equals(owner))
              .map(AuditService::elsewhere)
              .orElse("Starting");
      case FINISHED -> "Finished";
      case CANCELLED -> "Cancelled";
      case FAILED -> "Stopped by a problem";
    };
  }

  /** Says whom a queued audit waits for; what other processes run is not in its way. */
  private String waiting(String auditId) {
    List<JobStore.Ahead> ahead =
        jobs.ahead(auditId).stream()
            .filter(job -> asked.isEmpty() && (!job.running() || job.owner().equals(owner)))
            .toList();
    if (ahead.isEmpty()) {
      return "Starting";
    }
    String id = ahead.get(0).auditId();
    int more = ahead.size() - 1;
    return "Waits for "
        + existing(id).plan().name()
        + lane.running(id).map(AuditService::remaining).orElse("")
        + (more == 0 ? "" : ", then for " + more + " more");
  }

  private static String remaining(AuditStatus status) {
    String done = " (" + status.done() + " of " + status.total() + " done";
    long seconds = status.secondsLeft();
    return seconds < 0 ? done + ")" : done + ", about " + duration(seconds) + " left)";
  }

  private static String elsewhere(Lease lease) {
    long seconds = Math.max(0, Duration.between(Instant.now(), lease.until()).toSeconds());
    return LeaseOwner.parse(lease.owner()).map(LeaseOwner::words).orElse("Another process")
        + " runs it; if it gives no sign for "
        + duration(seconds)
        + ", it is taken over";
  }

  private static String duration(long seconds) {
    return seconds < 100 ? seconds + " s" : (seconds + 30) / 60 + " min";
  }

  private Audit existing(String auditId) {
    return store.audit(auditId).orElseThrow(() -> unknown(auditId));
  }

  private JobStore.Job job(String auditId) {
    return jobs.find(auditId).orElseThrow(() -> unknown(auditId));
  }

  private static UserFacingException unknown(String auditId) {
    return new AuditException("There is no audit " + auditId + "; the list shows those there are.");
  }

  private static String newId() {
    return RANDOM
        .ints(ID_LENGTH, 0, ID_LETTERS.length())
        .collect(
            StringBuilder::new, (id, i) -> id.append(ID_LETTERS.charAt(i)), StringBuilder::append)
        .toString();
  }
}
