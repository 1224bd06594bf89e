package dev.palimpsest.web;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.run.AuditLine;
import dev.palimpsest.audit.run.AuditState;
import dev.palimpsest.audit.run.AuditStatus;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.registry.CheckpointRegistry;
import dev.palimpsest.report.model.ReportStore;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The list of audits, and the job of one of them. */
final class AuditPages {
  /** A line of the list. */
  public record Row(
      String id,
      String name,
      String base,
      List<String> tuned,
      AuditStatus status,
      boolean judged,
      ReleaseVerdict verdict,
      SignOffView signOff,
      Instant frozenAt) {}

  /** A list waits so long for reports that were not made when their audits finished. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Audits audits;
  private final Reports reports;
  private final SignOffs signOffs;
  private final Clock clock;
  private final CheckpointRegistry registry;
  private final Stamps stamps;
  private final Views views;

  AuditPages(
      Audits audits,
      Reports reports,
      SignOffs signOffs,
      CheckpointRegistry registry,
      Stamps stamps,
      Views views,
      Clock clock) {
    this.clock = clock;
    this.audits = audits;
    this.reports = reports;
    this.signOffs = signOffs;
    this.registry = registry;
    this.stamps = stamps;
    this.views = views;
  }

  void routes(RoutesConfig routes) {
    routes.get("/", ctx -> ctx.redirect("/audits"), Role.VIEWER);
    routes.get("/audits", this::list, Role.VIEWER);
    routes.get("/audits/{id}", this::open, Role.VIEWER);
    routes.get("/audits/{id}/progress", this::progress, Role.VIEWER);
    routes.post("/audits/{id}/cancel", this::cancel, Role.AUDITOR);
    routes.post("/audits/{id}/resume", this::resume, Role.AUDITOR);
  }

  private void list(Context ctx) {
    Query query = Query.of(ctx, "/audits", "page");
    views.kept(ctx, "audits", query.url(), stamps.ofLists(), () -> list(query));
  }

  private Map<String, Object> list(Query query) {
    Page<Row> page = Page.of(audits.count(), query, this::rows);
    return model(page, registry.list().stream().anyMatch(c -> c.isReady()));
  }

  private static Map<String, Object> model(Page<Row> page, boolean ready) {
    return Map.of("rows", page.rows(), "page", page, "ready", ready);
  }

  /** Makes the list of no audits, which is thrown away. */
  static void rehearse(Views views) {
    Page<Row> empty = Page.of(List.of(), Query.none("/audits"));
    views.rehearse("audits", model(empty, false));
  }

  /** However many rows there are, the statements are as many, and no plan or report is read. */
  List<Row> rows(int from, int size) {
    List<AuditLine> lines = audits.lines(from, size);
    List<String> ids = lines.stream().map(AuditLine::id).toList();
    List<String> finished =
        lines.stream()
            .filter(line -> line.status().state() == AuditState.FINISHED)
            .map(AuditLine::id)
            .toList();
    Map<String, ReportStore.Summary> summaries = reports.summaries(finished, PATIENCE);
    Map<String, List<SignOff>> decisions = signOffs.of(ids);
    return lines.stream()
        .map(line -> row(line, summaries.get(line.id()), decisions.get(line.id())))
        .toList();
  }

  /** A report that is not made yet leaves the row without a verdict, and its job's state there. */
  private Row row(AuditLine line, ReportStore.Summary summary, List<SignOff> decisions) {
    return new Row(
        line.id(),
        line.title(),
        line.base(),
        line.tuned(),
        line.status(),
        summary != null,
        summary == null ? ReleaseVerdict.INCOMPLETE : summary.verdict(),
        signOff(line, summary, decisions == null ? List.of() : decisions),
        line.frozenAt());
  }

  private SignOffView signOff(
      AuditLine line, ReportStore.Summary summary, List<SignOff> decisions) {
    return summary == null
        ? SignOffView.NONE
        : SignOffView.of(line.tuned(), summary.digest(), decisions, clock);
  }

  /** The report if there is one, else how far it is. */
  private void open(Context ctx) {
    String id = reports.audit(ctx.pathParam("id")).id();
    ctx.redirect("/audits/" + id + (reports.isFinished(id) ? "/report" : "/progress"));
  }

  private void progress(Context ctx) {
    Audit audit = reports.audit(ctx.pathParam("id"));
    AuditStatus status = audits.status(audit.id());
    Map<String, Object> model = new HashMap<>();
    model.put("audit", audit);
    model.put("live", LiveView.of(audits, audit, status));
    model.put("following", LiveView.isUnderWay(status));
    views.page(ctx, "audit-progress", model);
  }

  private void cancel(Context ctx) {
    String id = reports.audit(ctx.pathParam("id")).id();
    audits.cancel(id);
    ctx.redirect("/audits/" + id);
  }

  private void resume(Context ctx) {
    String id = reports.audit(ctx.pathParam("id")).id();
    audits.resume(id);
    ctx.redirect("/audits/" + id);
  }
}
