package dev.palimpsest.web;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.run.AuditState;
import dev.palimpsest.audit.run.AuditStatus;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.audit.run.GateStanding;
import dev.palimpsest.audit.run.PairCounts;
import dev.palimpsest.audit.verdict.Decided;
import java.util.ArrayList;
import java.util.List;

/**
 * How far an audit is: the job, and the pairs there are by checkpoint and suite.
 *
 * @param status of the job
 * @param share of the outcomes there are, in [0, 1]
 * @param underWay whether more is to be expected without anyone doing anything
 * @param arms the tuned checkpoints, in plan order
 * @param early whether gates may be decided at any item
 */
public record LiveView(
    AuditStatus status, double share, boolean underWay, List<ArmRows> arms, boolean early) {
  /** One tuned checkpoint's suites. */
  public record ArmRows(String tuned, List<Row> rows) {}

  /**
   * What is compared so far of one suite on one checkpoint.
   *
   * @param evidence null where all items run
   */
  public record Row(
      String capability, int done, int planned, long lost, long gained, Evidence evidence) {}

  /**
   * How near a gate is that may be decided at any item.
   *
   * @param towards what it is nearer to, or what was decided
   * @param share of the evidence that decides, in [0, 1]
   * @param isOver whether no more is asked
   * @param isHarm whether it speaks for harm
   */
  public record Evidence(String towards, double share, boolean isOver, boolean isHarm) {
    static Evidence of(Decided decided) {
      boolean harm = decided.nearnessToHarm() > decided.nearness();
      double share = Math.max(decided.nearnessToHarm(), decided.nearness());
      return switch (decided.why()) {
        case CERTIFIED -> new Evidence("certified", 1, true, false);
        case HARM -> new Evidence("harm proven", 1, true, true);
        case POOL -> new Evidence("no items left", share, true, harm);
        case BUDGET -> new Evidence("no time left", share, true, harm);
        case OPEN ->
            new Evidence(harm ? "towards harm" : "towards a certificate", share, false, harm);
      };
    }
  }

  static LiveView of(Audits audits, Audit audit, AuditStatus status) {
    PairCounts counts = audits.counts(audit.id());
    List<GateStanding> standings = audits.standings(audit.id());
    List<ArmRows> arms = new ArrayList<>();
    for (Arm arm : audit.plan().tuned()) {
      List<Row> rows = new ArrayList<>();
      for (PlannedSuite suite : audit.plan().suites()) {
        rows.add(row(suite, arm.name(), counts, standings));
      }
      arms.add(new ArmRows(arm.name(), rows));
    }
    double share = status.total() == 0 ? 0 : (double) status.done() / status.total();
    return new LiveView(status, share, isUnderWay(status), arms, audit.plan().decidesEarly());
  }

  static boolean isUnderWay(AuditStatus status) {
    return status.state() == AuditState.QUEUED || status.state() == AuditState.RUNNING;
  }

  /** Returns what is said aloud where it is not seen: the state, and every tenth of the way. */
  String milestone() {
    if (!underWay) {
      return "The audit has ended.";
    }
    return status.state() == AuditState.QUEUED
        ? "The audit waits for its turn."
        : "The audit is running, " + 10 * (long) Math.floor(share * 10) + "% done.";
  }

  private static Row row(
      PlannedSuite suite, String tuned, PairCounts counts, List<GateStanding> standings) {
    Evidence evidence =
        standings.stream()
            .filter(one -> one.suite().equals(suite.suite()) && one.tuned().equals(tuned))
            .findFirst()
            .map(one -> Evidence.of(one.decided()))
            .orElse(null);
    return new Row(
        CapabilityName.heading(suite.capability()),
        counts.all(suite.suite(), tuned),
        suite.itemIds().size(),
        counts.of(suite.suite(), tuned, Change.LOST),
        counts.of(suite.suite(), tuned, Change.GAINED),
        evidence);
  }
}
