package dev.palimpsest.web;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.account.User;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.label.Label;
import dev.palimpsest.audit.label.LabelAgreement;
import dev.palimpsest.audit.label.LabelException;
import dev.palimpsest.audit.label.LabelQueue;
import dev.palimpsest.audit.label.Labels;
import dev.palimpsest.audit.label.Target;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.suite.Item;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.Visitor;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where people say what they think of free answers, without seeing which checkpoint gave them. */
final class LabelPages {
  private final Reports reports;
  private final Audits audits;
  private final Labels labels;
  private final ItemTexts texts;
  private final Views views;
  private final Clock clock;

  LabelPages(
      Reports reports, Audits audits, Labels labels, ItemTexts texts, Views views, Clock clock) {
    this.reports = reports;
    this.audits = audits;
    this.labels = labels;
    this.texts = texts;
    this.views = views;
    this.clock = clock;
  }

  void routes(RoutesConfig routes) {
    routes.get("/audits/{id}/labels", ctx -> show(ctx, ""), Role.VIEWER);
    routes.post("/audits/{id}/labels", this::label, Role.AUDITOR);
  }

  /**
   * What is shown of a target.
   *
   * @param key stands for it, as its arm must not be seen
   * @param answers one, or the left and the right one
   */
  public record Shown(String key, String question, List<String> answers) {}

  private void show(Context ctx, String problem) {
    Audit audit = reports.audit(ctx.pathParam("id"));
    Target.Kind kind = kind(ctx);
    String author = author(ctx);
    List<Label> given = labels.of(audit.id());
    LabelQueue queue = queue(audit, kind);
    Optional<Target> target = queue.of(parameter(ctx, "again")).or(() -> queue.next(author, given));
    Map<String, Object> model = new HashMap<>();
    model.put("audit", audit);
    model.put("finished", reports.isFinished(audit.id()));
    model.put("pair", kind == Target.Kind.PAIR);
    model.put("author", author);
    model.put("known", Visitor.user(ctx).isPresent());
    model.put("size", queue.size());
    model.put("done", queue.done(author, given));
    model.put(
        "target", author.isEmpty() ? null : target.map(one -> shown(audit, one)).orElse(null));
    Query here = here(audit);
    model.put("last", parameter(ctx, "last").isEmpty() ? "" : again(ctx, here, kind));
    model.put("url", here.url());
    model.put("gradeUrl", as(ctx, here, Target.Kind.GRADE).url());
    model.put("pairUrl", as(ctx, here, Target.Kind.PAIR).url());
    model.put(
        "agreement",
        LabelAgreement.of(given, kind, audit.plan().base().name(), audits.judged(audit.id())));
    model.put("problem", problem);
    model.put("scripts", List.of("labels.js"));
    views.page(ctx, "labels", model);
  }

  private LabelQueue queue(Audit audit, Target.Kind kind) {
    return new LabelQueue(audit, kind, (suite, arm) -> audits.items(audit.id(), suite, arm));
  }

  private static Target.Kind kind(Context ctx) {
    return parameter(ctx, "mode").equals("pair") ? Target.Kind.PAIR : Target.Kind.GRADE;
  }

  /** Returns who labels: the user, or the name that was typed; "" for nobody yet. */
  private static String author(Context ctx) {
    return Visitor.user(ctx).map(User::printedName).orElseGet(() -> parameter(ctx, "as").strip());
  }

  /** Returns a field of the address or of the form. */
  private static String parameter(Context ctx, String name) {
    String typed = Form.typed(ctx, name);
    return typed.isEmpty() ? Optional.ofNullable(ctx.queryParam(name)).orElse("") : typed;
  }

  private Shown shown(Audit audit, Target target) {
    PairedOutcome pair = pair(audit, target);
    String question =
        texts
            .item(audit, target.suite(), target.itemId())
            .map(Item::text)
            .orElse(pair.base().prompt());
    String base = SafeText.visible(pair.base().output());
    String tuned = SafeText.visible(pair.tuned().output());
    List<String> answers =
        target.kind() == Target.Kind.GRADE
            ? List.of(target.arm().equals(pair.base().arm()) ? base : tuned)
            : target.isBaseLeft(audit.id()) ? List.of(base, tuned) : List.of(tuned, base);
    return new Shown(target.key(audit.id()), SafeText.visible(question), answers);
  }

  /** An answer of the base stands in the pairs of every tuned arm. */
  private PairedOutcome pair(Audit audit, Target target) {
    String base = audit.plan().base().name();
    String tuned = target.arm().equals(base) ? audit.plan().tuned().get(0).name() : target.arm();
    return audits.items(audit.id(), target.suite(), tuned).of(List.of(target.itemId())).stream()
        .findFirst()
        .orElseThrow(() -> WebException.notFound("This audit has no such answer."));
  }

  private void label(Context ctx) {
    Audit audit = reports.audit(ctx.pathParam("id"));
    if (!reports.isFinished(audit.id())) {
      ctx.status(409);
      show(ctx, "The audit is not complete; its answers can be labelled when it is.");
      return;
    }
    Target target =
        queue(audit, kind(ctx))
            .of(parameter(ctx, "key"))
            .orElseThrow(() -> WebException.notFound("This audit has no such answer."));
    try {
      labels.add(audit.id(), label(ctx, audit, target));
    } catch (UserFacingException refused) {
      ctx.status(400);
      show(ctx, refused.getMessage());
      return;
    }
    ctx.redirect(as(ctx, here(audit), target.kind()).with("last", target.key(audit.id())).url());
  }

  private static Query here(Audit audit) {
    return Query.none("/audits/" + audit.id() + "/labels");
  }

  private static Query as(Context ctx, Query here, Target.Kind kind) {
    return here.with("mode", kind == Target.Kind.PAIR ? "pair" : "")
        .with("as", Visitor.user(ctx).isPresent() ? "" : author(ctx));
  }

  private static String again(Context ctx, Query here, Target.Kind kind) {
    return as(ctx, here, kind).with("again", parameter(ctx, "last")).url();
  }

  private Label label(Context ctx, Audit audit, Target target) {
    Instant now = Instant.now(clock).truncatedTo(ChronoUnit.SECONDS);
    if (target.kind() == Target.Kind.GRADE) {
      return Label.grade(target, grade(parameter(ctx, "grade")), author(ctx), now);
    }
    boolean baseLeft = target.isBaseLeft(audit.id());
    Label.Choice choice =
        switch (parameter(ctx, "better").toLowerCase(Locale.ROOT)) {
          case "left" -> baseLeft ? Label.Choice.BASE : Label.Choice.TUNED;
          case "right" -> baseLeft ? Label.Choice.TUNED : Label.Choice.BASE;
          case "same" -> Label.Choice.SAME;
          default -> throw new LabelException("Say which of the two answers is better.");
        };
    return Label.choice(target, choice, author(ctx), now);
  }

  private static double grade(String typed) {
    try {
      return Double.parseDouble(typed.strip());
    } catch (NumberFormatException e) {
      throw new LabelException("The grade should be a number from 0 to 100.");
    }
  }
}
