package dev.palimpsest.web;

import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.decision.DecisionDesk;
import dev.palimpsest.decision.Signed;
import dev.palimpsest.evidence.Dossier;
import dev.palimpsest.evidence.bundle.Exports;
import dev.palimpsest.evidence.pdf.PdfReport;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.page.HtmlReport;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.SecurityHeaders;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;

/** The report's files, to be kept. */
final class ReportDownloads {
  private final Reports reports;
  private final DecisionDesk desk;
  private final Exports exports;
  private final Flights<byte[]> pdfs = new Flights<>();

  ReportDownloads(Reports reports, DecisionDesk desk, Exports exports) {
    this.reports = reports;
    this.desk = desk;
    this.exports = exports;
  }

  void routes(RoutesConfig routes) {
    routes.get("/audits/{id}/report.html", this::page, Role.VIEWER);
    routes.get("/audits/{id}/report.pdf", this::pdf, Role.VIEWER);
    routes.get("/audits/{id}/report.json", this::json, Role.VIEWER);
    routes.get("/audits/{id}/items.jsonl", this::items, Role.VIEWER);
    routes.get("/audits/{id}/bundle.zip", this::bundle, Role.VIEWER);
  }

  void page(Context ctx) {
    send(ctx, "report.html", "text/html; charset=utf-8", this::html);
  }

  void json(Context ctx) {
    send(ctx, "report.json", "application/json", Report::json);
  }

  void items(Context ctx) throws IOException {
    headers(ctx, "items.jsonl", "application/jsonl; charset=utf-8");
    reports.of(ctx.pathParam("id")).writeItems(ctx.outputStream());
  }

  /** The same file as in the bundle; made once for all who ask at the same time. */
  void pdf(Context ctx) {
    String id = finished(ctx, "The audit is not complete; it has no PDF yet, report.html it has.");
    headers(ctx, "report.pdf", "application/pdf");
    Dossier dossier = exports.dossier(id);
    String state = dossier.report().digest() + " " + dossier.decisions().size();
    ctx.result(pdfs.join(state, () -> PdfReport.of(dossier)));
  }

  private String finished(Context ctx, String otherwise) {
    String id = reports.audit(ctx.pathParam("id")).id();
    if (!reports.isFinished(id)) {
      throw new WebException(409, otherwise);
    }
    return id;
  }

  /** Written whole before the first byte is sent, so that nobody gets half a bundle. */
  void bundle(Context ctx) {
    String id = finished(ctx, "The audit is not complete; there is no evidence to take along yet.");
    try {
      Path file = Files.createTempFile("palimpsest-", ".zip");
      try {
        exports.write(id, file);
        headers(ctx, "bundle.zip", "application/zip");
        ctx.result(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE));
      } catch (RuntimeException failure) {
        Files.deleteIfExists(file);
        throw failure;
      }
    } catch (IOException e) {
      throw new WebException(
          503, "The bundle cannot be written; check the space for temporary files.", e);
    }
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

  private byte[] html(Report report) {
    boolean finished = reports.isFinished(report.data().audit().id());
    return HtmlReport.bytes(report, Signed.of(desk.standings(report, finished)));
  }
}
