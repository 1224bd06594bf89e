package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.SuitePairs;
import dev.palimpsest.audit.amplified.AmplifiedResult;
import dev.palimpsest.audit.judge.JudgedAudit;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.review.Review;
import dev.palimpsest.audit.verdict.AuditResult;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The audits of one installation: freeze a plan, follow its job, read what it found. */
public interface Audits {
  /** Freezes and queues a plan; nothing can change it afterwards. */
  Audit start(AuditPlan plan);

  /** Freezes and queues a plan that somebody asks for. */
  default Audit start(AuditPlan plan, Requester requester) {
    return start(plan);
  }

  /** Returns all audits, newest first. */
  List<Audit> list();

  /**
   * Returns some audits as a list shows them, newest first, without reading a plan.
   *
   * @param from how many newer ones are left out
   * @param size the most that are returned
   */
  List<AuditLine> lines(int from, int size);

  /** Returns how many audits there are. */
  int count();

  /** Returns one audit. */
  Optional<Audit> find(String auditId);

  /** Returns how far its job is. */
  AuditStatus status(String auditId);

  /** Calls the listener at every change of the job until closed. */
  Subscription follow(String auditId, Consumer<AuditStatus> listener);

  /** Calls the listener at every change of any job until closed. */
  Subscription followAll(Consumer<AuditStatus> listener);

  /** Stops the job; what ran is kept. */
  void cancel(String auditId);

  /** Queues a failed or cancelled job again; outcomes that exist are not run again. */
  void resume(String auditId);

  /**
   * Removes an audit with its outcomes, and with the raw results that no other audit stands on.
   *
   * @throws AuditException if it is queued, runs, is just being stopped, or its report is signed
   */
  void remove(String auditId);

  /** Returns how many characters of text go with an audit when it is removed. */
  long room(String auditId);

  /** Returns what is known so far; the verdict is INCOMPLETE until the job is finished. */
  AuditResult result(String auditId);

  /**
   * Returns the paired outcomes of one suite and tuned arm, in plan order; items without both
   * outcomes are left out.
   */
  List<PairedOutcome> pairs(String auditId, String suite, String tuned);

  /** Returns which items of a suite or a variant an arm has right; without those not scored. */
  Map<String, Boolean> scores(String auditId, String suite, String arm);

  /** Returns how many pairs there are so far of each change; reads no texts. */
  default PairCounts counts(String auditId) {
    AuditPlan plan = find(auditId).orElseThrow().plan();
    return PairCounts.of(plan, (suite, tuned) -> items(auditId, suite, tuned).counts());
  }

  /**
   * Returns how near each gate is to its decision, by arm in plan order; empty where all items run.
   * Looking on changes nothing: what is proven stays proven.
   */
  default List<GateStanding> standings(String auditId) {
    return List.of();
  }

  /** Returns the same pairs, to be read only as far as a question needs. */
  default SuitePairs items(String auditId, String suite, String tuned) {
    return () -> pairs(auditId, suite, tuned);
  }

  /** Returns what people said of single answers, oldest first. */
  default List<Review> reviews(String auditId) {
    return List.of();
  }

  /** Returns how many reviews there are; the number only grows. */
  default int reviewCount(String auditId) {
    return reviews(auditId).size();
  }

  /** Returns what a judge said of the free answers, if one has read them. */
  default Optional<JudgedAudit> judged(String auditId) {
    return Optional.empty();
  }

  /** Returns what amplified sampling found; exploratory. */
  default List<AmplifiedResult> amplified(String auditId) {
    return List.of();
  }

  /**
   * Returns the answers that hold a text in their item's id, their prompt or themselves, in any
   * case.
   */
  default Set<Review.Answer> holding(String auditId, String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    Set<Review.Answer> found = new HashSet<>();
    AuditPlan plan = find(auditId).orElseThrow().plan();
    for (Arm arm : plan.tuned()) {
      for (PlannedSuite suite : plan.suites()) {
        items(auditId, suite.suite(), arm.name())
            .forEach(
                pair ->
                    Stream.of(pair.base(), pair.tuned())
                        .filter(outcome -> holds(outcome, wanted))
                        .forEach(
                            outcome ->
                                found.add(
                                    new Review.Answer(
                                        outcome.suite(), outcome.arm(), outcome.itemId()))));
      }
    }
    return found;
  }

  private static boolean holds(Outcome outcome, String wanted) {
    return Stream.of(outcome.itemId(), outcome.prompt(), outcome.output())
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
  }

  /** A listener's registration. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
