package dev.palimpsest.web;

import dev.palimpsest.UserFacingException;
import dev.palimpsest.WordingException;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.review.Facet;
import dev.palimpsest.audit.review.ItemEntry;
import dev.palimpsest.audit.review.ItemSelection;
import dev.palimpsest.audit.review.Review;
import dev.palimpsest.audit.review.ReviewException;
import dev.palimpsest.audit.review.Reviews;
import dev.palimpsest.audit.review.Rulings;
import dev.palimpsest.audit.tokens.TokenStrips;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
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

/** One item side by side, what people say of it, and its answers token by token. */
final class ItemPage {
  private final Reports reports;
  private final Reviews reviews;
  private final TokenStrips strips;
  private final ItemBook book;
  private final ItemTexts texts;
  private final Views views;
  private final Clock clock;

  ItemPage(
      Reports reports,
      Reviews reviews,
      TokenStrips strips,
      ItemBook book,
      ItemTexts texts,
      Views views,
      Clock clock) {
    this.reports = reports;
    this.reviews = reviews;
    this.strips = strips;
    this.book = book;
    this.texts = texts;
    this.views = views;
    this.clock = clock;
  }

  void routes(RoutesConfig routes) {
    routes.get("/audits/{id}/item", ctx -> show(ctx, ""), Role.VIEWER);
    routes.post("/audits/{id}/item/review", this::review, Role.AUDITOR);
    routes.post("/audits/{id}/item/tokens", this::tokens, Role.AUDITOR);
  }

  /** What a request is about. */
  private record Asked(Audit audit, ItemFilter filter, PairedOutcome pair) {
    Query url() {
      return filter
          .query()
          .at(ItemLinks.path(audit))
          .with("page", "")
          .with("item", pair.base().itemId())
          .with("in", filter.suite().isEmpty() ? pair.base().suite() : "")
          .with("on", filter.tuned().isEmpty() ? pair.tuned().arm() : "");
    }

    String anchored(String anchor) {
      return url().url() + "#" + anchor;
    }
  }

  private Asked asked(Context ctx) {
    Audit audit = reports.audit(ctx.pathParam("id"));
    Report report = reports.recent(audit.id());
    ItemFilter filter = ItemFilter.of(ctx, report, ItemPages.path(audit));
    String suite = parameter(ctx, "in", filter.suite());
    String tuned = parameter(ctx, "on", filter.tuned());
    return report.data().capabilities().stream()
        .filter(one -> suite.isEmpty() || one.suite().equals(suite))
        .filter(one -> tuned.isEmpty() || one.tuned().equals(tuned))
        .findFirst()
        .flatMap(
            one ->
                report
                    .pairs(one.suite(), one.tuned())
                    .of(List.of(parameter(ctx, "item", "")))
                    .stream()
                    .findFirst())
        .map(pair -> new Asked(audit, filter, pair))
        .orElseThrow(() -> WebException.notFound("This report has no such item."));
  }

  private static String parameter(Context ctx, String name, String otherwise) {
    return Optional.ofNullable(ctx.queryParam(name)).filter(v -> !v.isEmpty()).orElse(otherwise);
  }

  private void show(Context ctx, String problem) {
    Asked asked = asked(ctx);
    Audit audit = asked.audit;
    ItemFilter filter = asked.filter;
    PairedOutcome pair = asked.pair;
    Optional<Item> item = texts.item(audit, pair.base().suite(), pair.base().itemId());
    ItemSelection listed = book.select(filter);
    ItemFilter any = new ItemFilter(filter.report(), filter.query().with("change", ItemFilter.ALL));
    List<ItemEntry> all = book.select(any).entries();
    TokenStrips.State strip = strips.state(audit, pair);
    Rulings rulings = Rulings.of(reviews.of(audit.id()));
    Map<String, Object> model = new HashMap<>();
    model.put("audit", audit);
    model.put("heading", ItemPages.heading(filter));
    model.put("view", ItemView.of(pair, item));
    model.put("tier", filter.report().tier(pair.base().suite(), pair.base().itemId()));
    model.put("place", place(filter, pair));
    model.put("question", SafeText.visible(item.map(Item::text).orElse(pair.base().prompt())));
    model.put(
        "prompted",
        PromptedAnswer.of(
            audit.plan(), pair, arm -> filter.report().pairs(pair.base().suite(), arm)));
    model.put("links", ItemLinks.of(audit, filter, entry(all, pair), listed.entries(), all));
    model.put("lostOnly", filter.query().get("change").equals("lost"));
    model.put("kind", kind(filter.query().get("change")));
    model.put("differences", filter.marksDifferences());
    model.put("toggle", toggle(asked));
    model.put("reviews", ReviewView.of(pair, rulings));
    model.put("act", asked.url().url());
    model.put("reviewUrl", asked.url().at(ItemLinks.path(audit) + "/review").url());
    model.put("tokensUrl", asked.url().at(ItemLinks.path(audit) + "/tokens").url());
    model.put("strip", strip.strip().map(StripView::of).orElse(null));
    model.put("computing", strip.computing());
    model.put("stripProblem", strip.problem());
    model.put("askable", item.isPresent());
    model.put("refresh", strip.computing() ? "2" : null);
    model.put("problem", problem);
    model.put("author", typed(ctx, "author"));
    model.put("reason", typed(ctx, "reason"));
    model.put("scripts", List.of("items.js"));
    views.page(ctx, "item", model);
  }

  private static ItemEntry entry(List<ItemEntry> all, PairedOutcome pair) {
    return all.stream()
        .filter(entry -> entry.itemId().equals(pair.base().itemId()))
        .filter(entry -> entry.suite().equals(pair.base().suite()))
        .filter(entry -> entry.tuned().equals(pair.tuned().arm()))
        .findFirst()
        .orElse(null);
  }

  private static String place(ItemFilter filter, PairedOutcome pair) {
    String suite = filter.suite().isEmpty() ? pair.base().suite() : "";
    String tuned = filter.tuned().isEmpty() ? pair.tuned().arm() : "";
    return suite.isEmpty() || tuned.isEmpty() ? suite + tuned : suite + ", " + tuned;
  }

  /** Returns what an item is one of, " lost" say; "" for all items. */
  private static String kind(String change) {
    return switch (change) {
      case ItemFilter.ALL -> "";
      case Facet.TEXT -> " with another text only";
      default -> " " + change.replace('_', ' ');
    };
  }

  private static String toggle(Asked asked) {
    return asked.url().with("diff", asked.filter.marksDifferences() ? "off" : "").url();
  }

  private void review(Context ctx) {
    Asked asked = asked(ctx);
    if (!reports.isFinished(asked.audit.id())) {
      ctx.status(409);
      show(ctx, "The audit is not complete; its answers can be reviewed when it is.");
      return;
    }
    try {
      reviews.add(asked.audit.id(), review(ctx, asked.pair));
      reports.renew(asked.audit.id());
      ctx.redirect(asked.anchored("reviews"));
    } catch (ReviewException | WordingException incomplete) {
      ctx.status(400);
      show(ctx, incomplete.getMessage());
    }
  }

  private Review review(Context ctx, PairedOutcome pair) {
    Outcome outcome =
        switch (typed(ctx, "of")) {
          case "base" -> pair.base();
          case "tuned" -> pair.tuned();
          default -> throw new ReviewException("Say which of the two answers it is about.");
        };
    Review.Answer answer = new Review.Answer(outcome.suite(), outcome.arm(), outcome.itemId());
    Instant now = Instant.now(clock).truncatedTo(ChronoUnit.SECONDS);
    String retracts = typed(ctx, "retracts");
    if (retracts.matches("\\d{1,18}")) {
      return Review.retracting(
          answer, Long.parseLong(retracts), Form.signer(ctx, "author"), typed(ctx, "reason"), now);
    }
    return Review.of(
        answer, act(typed(ctx, "act")), Form.signer(ctx, "author"), typed(ctx, "reason"), now);
  }

  private static Review.Act act(String typed) {
    return switch (typed) {
      case "note", "right", "wrong" -> Review.Act.valueOf(typed.toUpperCase(Locale.ROOT));
      default -> null;
    };
  }

  private void tokens(Context ctx) {
    Asked asked = asked(ctx);
    String suiteId = asked.pair.base().suite();
    Suite suite =
        texts
            .suite(asked.audit, suiteId)
            .orElseThrow(() -> new WebException(409, "The suite's version is not there any more."));
    Item item =
        suite
            .item(asked.pair.base().itemId())
            .orElseThrow(() -> new WebException(409, "The suite has no such item any more."));
    try {
      strips.request(asked.audit, item, suite.answerPrefix(), asked.pair);
    } catch (UserFacingException problem) {
      ctx.status(409);
      show(ctx, problem.getMessage());
      return;
    }
    ctx.redirect(asked.anchored("tokens"));
  }

  private static String typed(Context ctx, String field) {
    boolean form = ctx.req().getMethod().equals("POST");
    return form ? Optional.ofNullable(ctx.formParam(field)).orElse("") : "";
  }
}
