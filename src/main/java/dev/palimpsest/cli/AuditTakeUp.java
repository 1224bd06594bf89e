package dev.palimpsest.cli;

import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlanJson;
import dev.palimpsest.audit.run.Audits;
import java.io.PrintWriter;
import java.util.Optional;

/** Starts a plan, or goes on with the same plan where it was interrupted. */
final class AuditTakeUp {
  private final Audits audits;
  private final PrintWriter out;

  AuditTakeUp(Audits audits, PrintWriter out) {
    this.audits = audits;
    this.out = out;
  }

  /**
   * Returns the audit of a plan, queued or finished.
   *
   * @param alone whether the data folder serves this command only, so that unfinished audits of
   *     other plans in it are in the way
   */
  Audit startOrGoOn(AuditPlan plan, boolean alone) {
    String digest = PlanJson.digest(plan);
    out.println("Plan " + digest.substring(0, 12) + " is frozen: " + plan.name());
    if (alone) {
      cancelOthers(digest);
    }
    Optional<Audit> before =
        audits.list().stream().filter(audit -> audit.planDigest().equals(digest)).findFirst();
    before.ifPresent(this::goOn);
    return before.orElseGet(() -> audits.start(plan));
  }

  private void goOn(Audit audit) {
    int done = audits.status(audit.id()).done();
    out.println(
        audit.finishedAt().isPresent()
            ? "This plan has run before; its outcomes are used again."
            : "Going on with an interrupted run: " + done + " outcomes are there.");
    audits.resume(audit.id());
  }

  private void cancelOthers(String digest) {
    audits.list().stream()
        .filter(audit -> !audit.planDigest().equals(digest))
        .forEach(audit -> audits.cancel(audit.id()));
  }
}
