package dev.palimpsest.web;

import dev.palimpsest.account.SignOffs;
import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.Audit;
import dev.palimpsest.audit.AuditState;
import dev.palimpsest.audit.AuditStatus;
import dev.palimpsest.audit.Audits;
import dev.palimpsest.audit.ReleaseVerdict;
import dev.palimpsest.registry.CheckpointRegistry;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
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
      boolean finished,
      ReleaseVerdict verdict,
      SignOffView signOff,
      Instant frozenAt) {}

  private final Audits audits;
  private final Reports reports;
  private final SignOffs signOffs;
  private final CheckpointRegistry registry;
  private final Views views;

  AuditPages(
      Audits audits, Reports reports, SignOffs signOffs, CheckpointRegistry registry, Views views) {
    this.audits = audits;
    this.reports = reports;
    this.signOffs = signOffs;
    this.registry = registry;
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
    List<Row> rows = audits.list().stream().map(this::row).toList();
    views.page(
        ctx,
        "audits",
        Map.of("rows", rows, "ready", registry.list().stream().anyMatch(c -> c.isReady())));
  }

  private Row row(Audit audit) {
    AuditStatus status = audits.status(audit.id());
    Reports.Summary summary = reports.summary(audit.id());
    return new Row(
        audit.id(),
        audit.plan().name(),
        audit.plan().base().name(),
        audit.plan().tuned().stream().map(Arm::name).toList(),
        status,
        status.state() == AuditState.FINISHED,
        summary.verdict(),
        SignOffView.of(signOffs.of(audit.id()), summary.digest()),
        audit.frozenAt());
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
