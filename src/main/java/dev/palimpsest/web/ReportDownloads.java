package dev.palimpsest.web;

import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.page.HtmlReport;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.SecurityHeaders;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** The report's files, to be kept. */
final class ReportDownloads {
  private final Reports reports;

  ReportDownloads(Reports reports) {
    this.reports = reports;
  }

  void routes(RoutesConfig routes) {
    routes.get(
        "/audits/{id}/report.html",
        ctx -> send(ctx, "report.html", "text/html; charset=utf-8", ReportDownloads::html),
        Role.VIEWER);
    routes.get(
        "/audits/{id}/report.json",
        ctx -> send(ctx, "report.json", "application/json", Report::json),
        Role.VIEWER);
    routes.get(
        "/audits/{id}/items.jsonl",
        ctx -> {
          headers(ctx, "items.jsonl", "application/jsonl; charset=utf-8");
          reports.of(ctx.pathParam("id")).writeItems(ctx.outputStream());
        },
        Role.VIEWER);
  }

  private void send(Context ctx, String file, String type, Function<Report, byte[]> content) {
    headers(ctx, file, type);
    ctx.result(content.apply(reports.whole(ctx.pathParam("id"))));
  }

  private void headers(Context ctx, String file, String type) {
    Audit audit = reports.audit(ctx.pathParam("id"));
    SecurityHeaders.inert(ctx);
    ctx.header(
        "Content-Disposition",
        "attachment; filename=\"palimpsest-" + audit.id() + "-" + file + "\"");
    ctx.contentType(type);
  }

  private static byte[] html(Report report) {
    return HtmlReport.html(report).getBytes(StandardCharsets.UTF_8);
  }
}
