package dev.palimpsest.web;

import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.decision.DecisionDesk;
import dev.palimpsest.decision.Signed;
import dev.palimpsest.decision.Standing;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportData;
import dev.palimpsest.report.page.BehaviourView;
import dev.palimpsest.report.page.CausesView;
import dev.palimpsest.report.page.FreeAnswersView;
import dev.palimpsest.report.page.NeedView;
import dev.palimpsest.report.page.PlainTextView;
import dev.palimpsest.report.page.ProvenanceFacts;
import dev.palimpsest.report.page.ReportView;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The report on the screen. */
final class ReportPages {
  /** The addresses of the items behind findings. */
  public static final class ItemAddresses {
    private final Query items;

    ItemAddresses(Query items) {
      this.items = items;
    }

    /** Returns the address of a finding's items of one change, "all" for all. */
    public String of(ReportData.Capability finding, String change) {
      return items
          .with("suite", finding.suite())
          .with("tuned", finding.tuned())
          .with("change", change)
          .url();
    }

    /** Returns the address of the items that a reader wants first. */
    String first(ReportData.Capability finding) {
      return of(finding, finding.lost() > 0 ? "lost" : "all");
    }
  }

  private final Reports reports;
  private final DecisionDesk desk;
  private final Stamps stamps;
  private final Views views;

  ReportPages(Reports reports, DecisionDesk desk, Stamps stamps, Views views) {
    this.reports = reports;
    this.desk = desk;
    this.stamps = stamps;
    this.views = views;
  }

  void routes(RoutesConfig routes) {
    routes.get("/audits/{id}/report", this::show, Role.VIEWER);
    routes.get("/audits/{id}/behaviour", this::behaviour, Role.VIEWER);
  }

  private void behaviour(Context ctx) {
    Audit audit = reports.audit(ctx.pathParam("id"));
    ReportData data = reports.of(audit.id()).data();
    views.page(
        ctx,
        "behaviour",
        Map.of("audit", audit, "data", data, "behaviour", BehaviourView.of(data)));
  }

  private void show(Context ctx) {
    Audit audit = reports.audit(ctx.pathParam("id"));
    Query items = Query.of(ctx, items(audit));
    views.kept(ctx, "report", audit.id(), stamps.of(audit.id()), () -> model(audit, items));
  }

  /** Makes the page of a report that nobody sees: Java meets all that the first reader needs. */
  void rehearse(String auditId) {
    Audit audit = reports.audit(auditId);
    views.rehearse("report", model(audit, Query.none(items(audit))));
  }

  private static String items(Audit audit) {
    return "/audits/" + audit.id() + "/items";
  }

  private Map<String, Object> model(Audit audit, Query items) {
    Report report = reports.of(audit.id());
    ReportData data = report.data();
    Map<String, Object> model = new HashMap<>();
    model.put("audit", audit);
    model.put("data", data);
    model.put("digest", report.digest());
    boolean finished = reports.isFinished(audit.id());
    List<Standing> standings = desk.standings(report, finished);
    model.put("finished", finished);
    model.put("signed", Signed.of(standings));
    model.put("waits", standings.stream().anyMatch(one -> one.state().isWaiting()));
    ItemAddresses addresses = new ItemAddresses(items);
    model.put("addresses", addresses);
    ReportView view = ReportView.of(data, row -> addresses.first(row.finding()));
    model.put("view", view);
    model.put("arms", view.arms());
    model.put("provenance", ProvenanceFacts.of(data));
    model.put("behaviour", BehaviourView.of(data));
    model.put("need", NeedView.of(data));
    model.put("causes", CausesView.of(data));
    model.put("freeAnswers", FreeAnswersView.of(data));
    model.put("plainTexts", PlainTextView.of(data));
    return model;
  }
}
