package dev.palimpsest.web;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.Audit;
import dev.palimpsest.audit.AuditState;
import dev.palimpsest.audit.AuditStatus;
import dev.palimpsest.audit.Audits;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.PlannedSuite;
import java.util.ArrayList;
import java.util.List;

/**
 * How far an audit is: the job, and the pairs there are by checkpoint and suite.
 *
 * @param status of the job
 * @param share of the outcomes there are, in [0, 1]
 * @param underWay whether more is to be expected without anyone doing anything
 * @param rows by tuned checkpoint and suite, in plan order
 */
public record LiveView(AuditStatus status, double share, boolean underWay, List<Row> rows) {
  /** What is compared so far of one suite on one checkpoint. */
  public record Row(String tuned, String suite, int done, int planned, long lost, long gained) {}

  static LiveView of(Audits audits, Audit audit, AuditStatus status) {
    List<Row> rows = new ArrayList<>();
    for (Arm arm : audit.plan().tuned()) {
      for (PlannedSuite suite : audit.plan().suites()) {
        rows.add(row(suite, arm, audits.pairs(audit.id(), suite.suite(), arm.name())));
      }
    }
    double share = status.total() == 0 ? 0 : (double) status.done() / status.total();
    return new LiveView(status, share, isUnderWay(status), rows);
  }

  static boolean isUnderWay(AuditStatus status) {
    return status.state() == AuditState.QUEUED || status.state() == AuditState.RUNNING;
  }

  private static Row row(PlannedSuite suite, Arm arm, List<PairedOutcome> pairs) {
    return new Row(
        arm.name(),
        suite.suite(),
        pairs.size(),
        suite.itemIds().size(),
        pairs.stream().filter(pair -> pair.change() == Change.LOST).count(),
        pairs.stream().filter(pair -> pair.change() == Change.GAINED).count());
  }
}
