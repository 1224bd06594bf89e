package dev.palimpsest.web;

import dev.palimpsest.WordingException;
import dev.palimpsest.account.AccountException;
import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffException;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.account.User;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.decision.DecisionDesk;
import dev.palimpsest.decision.Regression;
import dev.palimpsest.decision.ReviewQueue;
import dev.palimpsest.decision.Separation;
import dev.palimpsest.decision.Standing;
import dev.palimpsest.evidence.bundle.DecisionStatement;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportData;
import dev.palimpsest.report.page.Mark;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.Visitor;
import dev.palimpsest.web.guard.Visitor.SignedIn;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Approving or rejecting the checkpoints of a report, one by one. */
final class SignOffPages {
  private static final String NO_AUTHENTICATOR =
      "Decisions are signed with an authenticator: set one up on the page of your account, or sign"
          + " in with its code, and sign then.";

  private final Reports reports;
  private final DecisionDesk desk;
  private final ReviewQueue queue;
  private final ReAuthentication anew;
  private final Views views;
  private final Clock clock;

  SignOffPages(
      Reports reports,
      DecisionDesk desk,
      ReviewQueue queue,
      ReAuthentication anew,
      Views views,
      Clock clock) {
    this.reports = reports;
    this.desk = desk;
    this.queue = queue;
    this.anew = anew;
    this.views = views;
    this.clock = clock;
  }

  /**
   * A checkpoint of the report, to be chosen.
   *
   * @param address of its form
   */
  public record Arm(String name, Mark verdict, Standing standing, String address) {}

  void routes(RoutesConfig routes) {
    routes.get("/audits/{id}/sign-off", ctx -> form(ctx, ""), Role.VIEWER);
    routes.post("/audits/{id}/sign-off", this::sign, Role.APPROVER);
  }

  private void form(Context ctx, String problem) {
    Audit audit = reports.audit(ctx.pathParam("id"));
    Report report = reports.of(audit.id());
    boolean finished = reports.isFinished(audit.id());
    List<Standing> standings = desk.standings(report, finished);
    Map<String, Object> model = new HashMap<>();
    model.put("audit", audit);
    model.put("data", report.data());
    model.put("digest", report.digest());
    model.put("finished", finished);
    model.put("arms", arms(audit, report.data(), standings));
    model.put("needed", DecisionDesk.needed(audit));
    model.put("problem", problem);
    model.put("today", today().toString());
    Optional<ReportData.TunedCheckpoint> chosen = chosen(ctx, report.data());
    model.put("arm", chosen.orElse(null));
    chosen.ifPresent(arm -> fill(ctx, model, audit, report, arm, standings));
    views.page(ctx, "sign-off", model);
  }

  private static List<Arm> arms(Audit audit, ReportData data, List<Standing> standings) {
    List<Arm> arms = new ArrayList<>();
    for (int i = 0; i < standings.size(); i++) {
      ReportData.TunedCheckpoint arm = data.tuned().get(i);
      arms.add(
          new Arm(
              arm.name(), Mark.of(arm.verdict()), standings.get(i), address(audit, arm.name())));
    }
    return arms;
  }

  private static String address(Audit audit, String arm) {
    return "/audits/"
        + audit.id()
        + "/sign-off?arm="
        + URLEncoder.encode(arm, StandardCharsets.UTF_8);
  }

  /** Where there is one checkpoint only, it is the one. */
  private static Optional<ReportData.TunedCheckpoint> chosen(Context ctx, ReportData data) {
    String posted = Form.typed(ctx, "arm");
    String name = posted.isEmpty() ? Optional.ofNullable(ctx.queryParam("arm")).orElse("") : posted;
    if (name.isEmpty()) {
      return data.tuned().size() == 1 ? Optional.of(data.tuned().get(0)) : Optional.empty();
    }
    return Optional.of(
        data.tuned().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(() -> WebException.notFound("This audit has no such checkpoint.")));
  }

  private void fill(
      Context ctx,
      Map<String, Object> model,
      Audit audit,
      Report report,
      ReportData.TunedCheckpoint arm,
      List<Standing> standings) {
    Optional<SignedIn> signer = Visitor.signedIn(ctx);
    Optional<User> user = signer.map(SignedIn::user);
    Optional<Separation.Relation> relation = user.map(one -> desk.relation(one, audit, arm));
    model.put("standing", standing(standings, arm.name()));
    model.put("here", address(audit, arm.name()));
    model.put("regressions", Regression.of(report.data(), arm.name()));
    model.put("obstacle", relation.flatMap(Separation.Relation::obstacle).orElse(""));
    model.put("own", relation.filter(one -> !one.ties().isEmpty() && one.alone()).isPresent());
    model.put("turn", desk.turn(report, arm.name(), user));
    anew.describe(signer, model);
    model.put("accepted", Form.all(ctx, "accepted"));
    for (String field : List.of("signer", "comment", "decision", "condition", "expires")) {
      model.put(field, Form.typed(ctx, field));
    }
  }

  private static Standing standing(List<Standing> standings, String arm) {
    return standings.stream().filter(one -> one.arm().equals(arm)).findFirst().orElseThrow();
  }

  private void sign(Context ctx) {
    Audit audit = reports.audit(ctx.pathParam("id"));
    if (!reports.isFinished(audit.id())) {
      refuse(ctx, 409, "The audit is not complete; nothing can be signed off on it yet.");
      return;
    }
    Report report = reports.of(audit.id());
    if (!report.digest().equals(ctx.formParam("digest"))) {
      refuse(
          ctx, 409, "The report has changed since you opened this page; read it again, then sign.");
      return;
    }
    Optional<SignedIn> signer = Visitor.signedIn(ctx);
    if (signer.filter(ReAuthentication::lacksFactor).isPresent()) {
      refuse(ctx, 403, NO_AUTHENTICATOR);
      return;
    }
    try {
      DecisionDesk.Wish wish = wish(ctx, report.data());
      SignOff signOff = desk.check(audit, report, signer.map(SignedIn::user), wish);
      SignOffs.Signing signing =
          signer
              .flatMap(one -> anew.require(ctx, one))
              .map(key -> DecisionStatement.by(key, report))
              .orElse((decision, all) -> Optional.empty());
      desk.keep(signOff, wish.turn(), signing);
      queue.renew();
      ctx.redirect("/audits/" + audit.id() + "/report#sign-off");
    } catch (SignOffException | WordingException | AccountException incomplete) {
      refuse(ctx, 400, incomplete.getMessage());
    }
  }

  private void refuse(Context ctx, int status, String sentence) {
    ctx.status(status);
    form(ctx, sentence);
  }

  private static DecisionDesk.Wish wish(Context ctx, ReportData data) {
    return new DecisionDesk.Wish(
        chosen(ctx, data).map(ReportData.TunedCheckpoint::name).orElse(""),
        decision(Form.typed(ctx, "decision")),
        Form.typed(ctx, "signer"),
        Form.typed(ctx, "comment"),
        Form.all(ctx, "accepted"),
        Form.typed(ctx, "condition"),
        day(Form.typed(ctx, "expires").strip()),
        turn(Form.typed(ctx, "turn")));
  }

  private static Optional<LocalDate> day(String typed) {
    try {
      return typed.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(typed));
    } catch (DateTimeParseException noDay) {
      throw new SignOffException(
          "The last day of the approval is not a day like 2027-01-31; write one, or leave it"
              + " empty.");
    }
  }

  /** A form without the number is of nobody's first decision or of a version before this one. */
  private static long turn(String typed) {
    return typed.matches("\\d{1,18}") ? Long.parseLong(typed) : 0;
  }

  private static SignOff.Decision decision(String typed) {
    return switch (typed) {
      case "approve" -> SignOff.Decision.APPROVED;
      case "conditions" -> SignOff.Decision.CONDITIONAL;
      case "reject" -> SignOff.Decision.REJECTED;
      default -> null;
    };
  }

  private LocalDate today() {
    return LocalDate.ofInstant(Instant.now(clock), java.time.ZoneOffset.UTC);
  }
}
