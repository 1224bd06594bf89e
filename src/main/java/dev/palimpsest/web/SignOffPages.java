package dev.palimpsest.web;

import dev.palimpsest.WordingException;
import dev.palimpsest.account.AccountException;
import dev.palimpsest.account.Accounts;
import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffException;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.account.User;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.Visitor;
import dev.palimpsest.web.guard.Visitor.SignedIn;
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
  private static final String NO_AUTHENTICATOR =
      "Decisions are signed with an authenticator: set one up on the page of your account, or sign"
          + " in with its code, and sign then.";

  private final Reports reports;
  private final SignOffs signOffs;
  private final Accounts accounts;
  private final Views views;
  private final Clock clock;

  SignOffPages(Reports reports, SignOffs signOffs, Accounts accounts, Views views, Clock clock) {
    this.reports = reports;
    this.signOffs = signOffs;
    this.accounts = accounts;
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
    Optional<SignedIn> signer = Visitor.signedIn(ctx);
    model.put("mayDecide", Visitor.of(ctx).has(Role.APPROVER, ctx.path()));
    model.put("asksForPassword", signer.filter(one -> !isConfirmed(one)).isPresent());
    model.put("lacksFactor", signer.filter(one -> !one.session().secondFactor()).isPresent());
    model.put("signer", Form.typed(ctx, "signer"));
    model.put("comment", Form.typed(ctx, "comment"));
    model.put("decision", Form.typed(ctx, "decision"));
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
    if (Visitor.signedIn(ctx).filter(one -> !one.session().secondFactor()).isPresent()) {
      refuse(ctx, 403, NO_AUTHENTICATOR);
      return;
    }
    try {
      SignOff signOff = signOff(ctx, audit.id(), now);
      Visitor.signedIn(ctx).ifPresent(signer -> confirm(ctx, signer));
      signOffs.add(signOff);
      ctx.redirect("/audits/" + audit.id() + "/report#sign-off");
    } catch (SignOffException | WordingException | AccountException incomplete) {
      refuse(ctx, 400, incomplete.getMessage());
    }
  }

  private void refuse(Context ctx, int status, String sentence) {
    ctx.status(status);
    form(ctx, sentence);
  }

  /** Whoever leaves a browser open has not signed: the password is given anew. */
  private void confirm(Context ctx, SignedIn signer) {
    if (!isConfirmed(signer)) {
      accounts
          .signIn()
          .confirm(signer.user(), Form.typed(ctx, "password"), ctx.req().getRemoteAddr());
      accounts.sessions().confirm(signer.session());
    }
  }

  private boolean isConfirmed(SignedIn signer) {
    return signer.session().isConfirmed(Instant.now(clock));
  }

  /** Of whoever is signed in the account says the name; where there are no accounts it is typed. */
  private SignOff signOff(Context ctx, String auditId, String digest) {
    Optional<User> user = Visitor.signedIn(ctx).map(SignedIn::user);
    return new SignOff(
        auditId,
        digest,
        decision(Form.typed(ctx, "decision")),
        Form.signer(ctx, "signer"),
        user.map(User::id).orElse(""),
        Form.typed(ctx, "comment"),
        Instant.now(clock).truncatedTo(ChronoUnit.SECONDS));
  }

  private static SignOff.Decision decision(String typed) {
    return switch (typed) {
      case "approve" -> SignOff.Decision.APPROVED;
      case "reject" -> SignOff.Decision.REJECTED;
      default -> null;
    };
  }
}
