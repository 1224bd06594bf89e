package dev.palimpsest.web;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.report.model.History;
import dev.palimpsest.report.model.ReportStore;
import dev.palimpsest.report.page.HistoryView;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bases and what became of the checkpoints tuned from them. It reads what was stored with reports,
 * and no report, plan or outcome.
 */
final class HistoryPages {
  private static final int BASES = 200;
  private static final int CHECKPOINTS = 40;

  private final History history;
  private final ReportStore reports;
  private final SignOffs signOffs;
  private final Views views;
  private final Clock clock;

  HistoryPages(History history, ReportStore reports, SignOffs signOffs, Views views, Clock clock) {
    this.clock = clock;
    this.history = history;
    this.reports = reports;
    this.signOffs = signOffs;
    this.views = views;
  }

  void routes(RoutesConfig routes) {
    routes.get("/history", this::show, Role.VIEWER);
  }

  private void show(Context ctx) {
    Query query = Query.of(ctx, "/history", "base");
    List<History.Base> bases = history.bases(BASES);
    String digest = query.get("base");
    if (digest.isEmpty() && bases.size() != 1) {
      views.page(ctx, "history", Map.of("bases", bases));
      return;
    }
    History.Base base =
        bases.stream()
            .filter(one -> digest.isEmpty() || one.digest().equals(digest))
            .findFirst()
            .orElseThrow(() -> WebException.notFound("No audit of this base is finished."));
    views.page(ctx, "history-base", model(base, bases.size() == 1));
  }

  private Map<String, Object> model(History.Base base, boolean only) {
    List<History.Entry> entries = history.entries(base.digest(), CHECKPOINTS);
    List<String> ids = entries.stream().map(History.Entry::auditId).distinct().toList();
    Map<String, ReportStore.Summary> summaries = reports.summaries(ids);
    Map<String, List<SignOff>> decisions = signOffs.of(ids);
    Map<String, SignOffView> signed = new HashMap<>();
    for (History.Entry entry : entries) {
      ReportStore.Summary summary = summaries.get(entry.auditId());
      signed.put(
          entry.auditId() + " " + entry.tuned(),
          SignOffView.of(
              List.of(entry.tuned()),
              summary == null ? "" : summary.digest(),
              decisions.getOrDefault(entry.auditId(), List.of()),
              clock));
    }
    Map<String, Object> model = new HashMap<>();
    model.put("base", base);
    model.put("only", only);
    model.put("view", HistoryView.of(entries));
    model.put("signed", signed);
    return model;
  }
}
