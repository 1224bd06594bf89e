package dev.palimpsest.web;

import dev.palimpsest.account.SignOffs;
import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportData;
import dev.palimpsest.report.page.ChartScale;
import dev.palimpsest.report.page.ForestPlot;
import dev.palimpsest.report.page.ProvenanceFacts;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The report on the screen. */
final class ReportPages {
  /**
   * One tuned checkpoint's part of the report.
   *
   * @param wideChart svg for wide windows
   * @param narrowChart the same for narrow ones
   */
  public record ArmView(
      ReportData.TunedCheckpoint arm,
      String wideChart,
      String narrowChart,
      List<CapabilityView> rows) {}

  /** A finding with the addresses of its items. */
  public record CapabilityView(ReportData.Capability finding, String title, Query items) {
    /** Returns the address of the items of one change, "all" for all. */
    public String url(String change) {
      return items.with("change", change).url();
    }
  }

  private final Reports reports;
  private final SignOffs signOffs;
  private final Views views;

  ReportPages(Reports reports, SignOffs signOffs, Views views) {
    this.reports = reports;
    this.signOffs = signOffs;
    this.views = views;
  }

  void routes(RoutesConfig routes) {
    routes.get("/audits/{id}/report", this::show, Role.VIEWER);
  }

  private void show(Context ctx) {
    Audit audit = reports.audit(ctx.pathParam("id"));
    Report report = reports.of(audit.id());
    ReportData data = report.data();
    Map<String, Object> model = new HashMap<>();
    model.put("audit", audit);
    model.put("data", data);
    model.put("digest", report.digest());
    model.put("finished", reports.isFinished(audit.id()));
    model.put("signOff", SignOffView.of(signOffs.of(audit.id()), report.digest()));
    model.put("arms", arms(ctx, data));
    model.put("provenance", ProvenanceFacts.of(data));
    views.page(ctx, "report", model);
  }

  private static List<ArmView> arms(Context ctx, ReportData data) {
    ChartScale scale = ChartScale.of(data.capabilities());
    List<ArmView> arms = new ArrayList<>();
    for (ReportData.TunedCheckpoint arm : data.gravestFirst()) {
      List<CapabilityView> rows =
          data.capabilities().stream()
              .filter(finding -> finding.tuned().equals(arm.name()))
              .map(finding -> capability(ctx, data.audit().id(), finding))
              .toList();
      String id = "chart-" + arms.size();
      arms.add(
          new ArmView(
              arm,
              chart(rows, scale, ForestPlot.Layout.WIDE, id + "-w", arm.name()),
              chart(rows, scale, ForestPlot.Layout.NARROW, id + "-n", arm.name()),
              rows));
    }
    return arms;
  }

  private static CapabilityView capability(
      Context ctx, String auditId, ReportData.Capability finding) {
    Query items =
        Query.of(ctx, "/audits/" + auditId + "/items")
            .with("suite", finding.suite())
            .with("tuned", finding.tuned());
    return new CapabilityView(finding, CapabilityName.heading(finding.capability()), items);
  }

  private static String chart(
      List<CapabilityView> rows,
      ChartScale scale,
      ForestPlot.Layout layout,
      String id,
      String arm) {
    Map<String, String> links = new HashMap<>();
    rows.forEach(
        row ->
            links.put(row.finding().suite(), row.url(row.finding().lost() > 0 ? "lost" : "all")));
    return ForestPlot.svg(
        rows.stream().map(CapabilityView::finding).toList(),
        scale,
        layout,
        id,
        "Change of " + arm + " against the base, by capability",
        finding -> links.getOrDefault(finding.suite(), ""));
  }
}
