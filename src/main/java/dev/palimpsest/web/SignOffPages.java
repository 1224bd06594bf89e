package dev.palimpsest.web;

import dev.palimpsest.WordingException;
import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffException;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Approving or rejecting a report. */
final class SignOffPages {
  private final Reports reports;
  private final SignOffs signOffs;
  private final Views views;
  private final Clock clock;

  SignOffPages(Reports reports, SignOffs signOffs, Views views, Clock clock) {
    this.reports = reports;
    this.signOffs = signOffs;
    this.views = views;
    this.clock = clock;
  }

  void routes(RoutesConfig routes) {
    routes.get("/audits/{id}/sign-off", ctx -> form(ctx, ""), Role.VIEWER);
    routes.post("/audits/{id}/sign-off", this::sign, Role.APPROVER);
  }

  private void form(Context ctx, String problem) {
    Audit audit = reports.audit(ctx.pathParam("id"));
    Report report = reports.of(audit.id());
    Map<String, Object> model = new HashMap<>();
    model.put("audit", audit);
    model.put("data", report.data());
    model.put("digest", report.digest());
    model.put("finished", reports.isFinished(audit.id()));
    model.put("signOff", SignOffView.of(signOffs.of(audit.id()), report.digest()));
    model.put("problem", problem);
    model.put("signer", typed(ctx, "signer"));
    model.put("comment", typed(ctx, "comment"));
    model.put("decision", typed(ctx, "decision"));
    views.page(ctx, "sign-off", model);
  }

  private void sign(Context ctx) {
    Audit audit = reports.audit(ctx.pathParam("id"));
    if (!reports.isFinished(audit.id())) {
      refuse(ctx, 409, "The audit is not complete; nothing can be signed off on it yet.");
      return;
    }
    String now = reports.of(audit.id()).digest();
    if (!now.equals(ctx.formParam("digest"))) {
      refuse(
          ctx, 409, "The report has changed since you opened this page; read it again, then sign.");
      return;
    }
    try {
      signOffs.add(signOff(ctx, audit.id(), now));
      ctx.redirect("/audits/" + audit.id() + "/report#sign-off");
    } catch (SignOffException | WordingException incomplete) {
      refuse(ctx, 400, incomplete.getMessage());
    }
  }

  private void refuse(Context ctx, int status, String sentence) {
    ctx.status(status);
    form(ctx, sentence);
  }

  private SignOff signOff(Context ctx, String auditId, String digest) {
    return new SignOff(
        auditId,
        digest,
        decision(typed(ctx, "decision")),
        typed(ctx, "signer"),
        typed(ctx, "comment"),
        Instant.now(clock).truncatedTo(ChronoUnit.SECONDS));
  }

  private static SignOff.Decision decision(String typed) {
    return switch (typed) {
      case "approve" -> SignOff.Decision.APPROVED;
      case "reject" -> SignOff.Decision.REJECTED;
      default -> null;
    };
  }

  private static String typed(Context ctx, String field) {
    boolean form = ctx.req().getMethod().equals("POST");
    return form ? Optional.ofNullable(ctx.formParam(field)).orElse("") : "";
  }
}
