package dev.palimpsest.decision;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.account.User;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.report.model.ReportArms;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The checkpoints that wait for a decision, oldest first. Who asks often, as the number in the
 * navigation does, gets what was found a few seconds ago.
 */
public final class ReviewQueue {
  /** The most that are shown; the oldest go first. */
  public static final int MOST = 500;

  private static final Duration FRESH = Duration.ofSeconds(3);

  private final ReportArms arms;
  private final SignOffs signOffs;
  private final Separation separation;
  private final Audits audits;
  private final Clock clock;
  private volatile Found found = new Found(Instant.MIN, List.of(), new ConcurrentHashMap<>());

  public ReviewQueue(
      ReportArms arms, SignOffs signOffs, Separation separation, Audits audits, Clock clock) {
    this.arms = arms;
    this.signOffs = signOffs;
    this.separation = separation;
    this.audits = audits;
    this.clock = clock;
  }

  /**
   * A checkpoint that waits.
   *
   * @param digest of the checkpoint
   * @param standing as far as the decision is
   * @param since when the audit was frozen
   */
  public record Waiting(
      String auditId,
      String title,
      String base,
      String arm,
      String digest,
      ReleaseVerdict verdict,
      Standing standing,
      Instant since) {}

  /**
   * A checkpoint as it waits for one person.
   *
   * @param obstacle why this person cannot decide on it, "" if nothing stands against it
   */
  public record Entry(Waiting waiting, String obstacle) {
    /** Tells whether it waits for this person. */
    public boolean isMine() {
      return obstacle.isEmpty();
    }
  }

  /** What was found at a moment, and how much of it waits for whom. */
  private record Found(Instant at, List<Waiting> waiting, Map<String, Integer> counts) {}

  /** Forgets what was found: somebody has just decided. */
  public void renew() {
    found = new Found(Instant.MIN, List.of(), new ConcurrentHashMap<>());
  }

  /**
   * Returns what waits, and why it does not wait for a person.
   *
   * @param user empty where there are no accounts
   */
  public List<Entry> of(Optional<User> user) {
    renew();
    return entries(user, waiting().waiting());
  }

  /** Returns how many wait for a person. */
  public int count(Optional<User> user) {
    Found now = waiting();
    return now.counts()
        .computeIfAbsent(
            user.map(User::id).orElse(""),
            id -> (int) entries(user, now.waiting()).stream().filter(Entry::isMine).count());
  }

  private List<Entry> entries(Optional<User> user, List<Waiting> all) {
    if (user.isEmpty() || all.isEmpty()) {
      return all.stream().map(one -> new Entry(one, "")).toList();
    }
    List<String> approvers = separation.approvers();
    List<Entry> entries = new ArrayList<>();
    for (Waiting one : all) {
      entries.add(new Entry(one, obstacle(user.get(), one, approvers)));
    }
    return entries;
  }

  private String obstacle(User user, Waiting one, List<String> approvers) {
    if (one.standing().hasVoiceOf(user.id()) && one.standing().state() == ArmState.IN_REVIEW) {
      return "You have approved; it waits for somebody else.";
    }
    Optional<Audit> audit = audits.find(one.auditId());
    return audit
        .flatMap(
            known ->
                separation
                    .of(user, known, separation.people(known.id()), one.digest(), approvers)
                    .obstacle())
        .orElse("");
  }

  private Found waiting() {
    Instant now = clock.instant();
    Found known = found;
    if (known.at().isBefore(now.minus(FRESH)) || known.at().isAfter(now)) {
      LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
      known = new Found(now, search(today), new ConcurrentHashMap<>());
      found = known;
    }
    return known;
  }

  private List<Waiting> search(LocalDate today) {
    List<ReportArms.Line> open = arms.undecided(today, MOST);
    Map<String, List<SignOff>> decisions =
        signOffs.of(open.stream().map(ReportArms.Line::auditId).distinct().toList());
    return open.stream()
        .map(line -> waiting(line, decisions.getOrDefault(line.auditId(), List.of()), today))
        .filter(one -> one.standing().state().isWaiting())
        .toList();
  }

  private static Waiting waiting(ReportArms.Line line, List<SignOff> decisions, LocalDate today) {
    return new Waiting(
        line.auditId(),
        line.title(),
        line.base(),
        line.arm(),
        line.digest(),
        line.verdict(),
        Standing.of(line.arm(), true, line.report(), decisions, today),
        line.frozenAt());
  }
}
