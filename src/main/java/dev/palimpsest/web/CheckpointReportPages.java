package dev.palimpsest.web;

import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.decision.DecisionDesk;
import dev.palimpsest.decision.Signed;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportData;
import dev.palimpsest.report.page.ArmView;
import dev.palimpsest.report.page.DecisionView;
import dev.palimpsest.report.page.PlainTextView;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A report's part on one checkpoint, to be sent by its address or printed. */
final class CheckpointReportPages {
  private final Reports reports;
  private final DecisionDesk desk;
  private final Views views;

  CheckpointReportPages(Reports reports, DecisionDesk desk, Views views) {
    this.reports = reports;
    this.desk = desk;
    this.views = views;
  }

  void routes(RoutesConfig routes) {
    routes.get("/audits/{id}/checkpoints/{arm}", this::show, Role.VIEWER);
  }

  private void show(Context ctx) {
    Audit audit = reports.audit(ctx.pathParam("id"));
    Report report = reports.of(audit.id());
    ReportData data = report.data();
    ReportPages.ItemAddresses addresses =
        new ReportPages.ItemAddresses(Query.none("/audits/" + audit.id() + "/items"));
    ArmView arm =
        ArmView.of(data, row -> addresses.first(row.finding())).stream()
            .filter(one -> one.arm().name().equals(ctx.pathParam("arm")))
            .findFirst()
            .orElseThrow(
                () -> WebException.notFound("This audit has no such checkpoint; see its report."));
    Map<String, Object> model = new HashMap<>();
    model.put("audit", audit);
    model.put("data", data);
    model.put("digest", report.digest());
    boolean finished = reports.isFinished(audit.id());
    model.put("finished", finished);
    model.put(
        "signed",
        Signed.of(
            desk.standings(report, finished).stream()
                .filter(one -> one.arm().equals(arm.arm().name()))
                .toList()));
    model.put("addresses", addresses);
    model.put("arm", arm);
    model.put(
        "decision",
        DecisionView.of(data).stream()
            .filter(one -> one.name().equals(arm.name()))
            .findFirst()
            .orElseThrow());
    model.put("plain", plain(data, arm));
    views.page(ctx, "checkpoint-report", model);
  }

  /** Returns what plain texts say of the checkpoint, in sentences. */
  private static List<String> plain(ReportData data, ArmView arm) {
    return PlainTextView.of(data).stream()
        .flatMap(view -> view.sentences().stream())
        .filter(one -> one.arm().equals(arm.name()))
        .map(one -> one.text())
        .toList();
  }
}
