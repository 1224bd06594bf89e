package dev.palimpsest.web;

import dev.palimpsest.decision.ReviewQueue;
import dev.palimpsest.notice.Outbox;
import dev.palimpsest.report.page.Mark;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.Visitor;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What waits for a decision: first what waits for whoever looks, oldest first. */
final class ReviewPages {
  private final ReviewQueue queue;
  private final Outbox outbox;
  private final Views views;

  ReviewPages(ReviewQueue queue, Outbox outbox, Views views) {
    this.queue = queue;
    this.outbox = outbox;
    this.views = views;
  }

  /** A checkpoint that waits, as the page shows it. */
  public record Row(ReviewQueue.Waiting waiting, String obstacle, Mark verdict) {}

  void routes(RoutesConfig routes) {
    routes.get("/reviews", this::show, Role.APPROVER);
  }

  private void show(Context ctx) {
    List<ReviewQueue.Entry> entries = queue.of(Visitor.user(ctx));
    Map<String, Object> model = new HashMap<>();
    model.put("mine", rows(entries, true));
    model.put("others", rows(entries, false));
    model.put("undelivered", outbox.givenUp());
    views.page(ctx, "reviews", model);
  }

  private static List<Row> rows(List<ReviewQueue.Entry> entries, boolean mine) {
    return entries.stream()
        .filter(one -> one.isMine() == mine)
        .map(one -> new Row(one.waiting(), one.obstacle(), Mark.of(one.waiting().verdict())))
        .toList();
  }
}
