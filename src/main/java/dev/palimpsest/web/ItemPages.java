package dev.palimpsest.web;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.SuitePairs;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The items of a report: what was lost, gained or kept, and each of them side by side. */
final class ItemPages {
  /** A line of the list. */
  public record Row(
      String id,
      String url,
      String question,
      String tier,
      PairedOutcome.Change change,
      String base,
      String tuned) {}

  /** A suite in the list to choose from. */
  public record SuiteName(String suite, String heading) {}

  private final Reports reports;
  private final SuiteLibrary library;
  private final Views views;

  ItemPages(Reports reports, SuiteLibrary library, Views views) {
    this.reports = reports;
    this.library = library;
    this.views = views;
  }

  void routes(RoutesConfig routes) {
    routes.get("/audits/{id}/items", this::list, Role.VIEWER);
    routes.get("/audits/{id}/item", this::show, Role.VIEWER);
  }

  private void list(Context ctx) {
    Audit audit = reports.audit(ctx.pathParam("id"));
    Report report = reports.of(audit.id());
    ItemFilter filter = ItemFilter.of(ctx, report, path(audit, "items"));
    Map<PairedOutcome.Change, Integer> counts = filter.counts();
    Page<Row> page =
        Page.of(
            filter.count(counts),
            filter.query(),
            (from, size) ->
                filter.pairs().page(filter.wanted(), from, size).stream()
                    .map(pair -> row(audit, filter, pair))
                    .toList());
    Map<String, Object> model = new HashMap<>();
    model.put("audit", audit);
    model.put("filter", filter);
    model.put("finding", filter.finding());
    model.put("heading", CapabilityName.heading(filter.finding().capability()));
    model.put("capabilities", report.data().capabilities());
    model.put("choices", choices(report));
    model.put("unsearched", filter.query().with("q", "").with("page", "").url());
    model.put("tabs", filter.tabs(counts));
    model.put("page", page);
    model.put("q", filter.query().get("q"));
    model.put("change", filter.query().get("change"));
    views.page(ctx, "items", model);
  }

  private Row row(Audit audit, ItemFilter filter, PairedOutcome pair) {
    String id = pair.base().itemId();
    return new Row(
        id,
        itemUrl(audit, filter, id),
        question(audit, pair),
        filter.report().tier(pair.base().suite(), id),
        pair.change(),
        answer(pair.base()),
        answer(pair.tuned()));
  }

  private String question(Audit audit, PairedOutcome pair) {
    Outcome base = pair.base();
    return SafeText.visible(
        item(audit, base.suite(), base.itemId()).map(Item::text).orElse(base.prompt()));
  }

  private static String answer(Outcome outcome) {
    return outcome.state() == Outcome.State.SCORED
        ? SafeText.visible(outcome.output())
        : dev.palimpsest.report.page.ItemView.result(outcome);
  }

  private void show(Context ctx) {
    Audit audit = reports.audit(ctx.pathParam("id"));
    ItemFilter filter = ItemFilter.of(ctx, reports.of(audit.id()), path(audit, "items"));
    String id = Optional.ofNullable(ctx.queryParam("item")).orElse("");
    PairedOutcome pair =
        filter.pairs().of(List.of(id)).stream()
            .findFirst()
            .orElseThrow(() -> WebException.notFound("This report has no such item."));
    SuitePairs.Place place = filter.pairs().place(filter.wanted(), id);
    Map<String, Object> model = new HashMap<>();
    model.put("audit", audit);
    model.put("finding", filter.finding());
    model.put("heading", CapabilityName.heading(filter.finding().capability()));
    model.put("list", filter.query().url());
    model.put("change", kind(filter.query().get("change")));
    model.put("view", ItemView.of(pair, item(audit, pair.base().suite(), id)));
    model.put("tier", filter.report().tier(pair.base().suite(), id));
    model.put("question", question(audit, pair));
    model.put("at", place.number());
    model.put("count", place.count());
    model.put("previous", itemUrl(audit, filter, place.previous()));
    model.put("next", itemUrl(audit, filter, place.next()));
    views.page(ctx, "item", model);
  }

  /** Returns the suites of a report by the names that its pages give them. */
  private static List<SuiteName> choices(Report report) {
    return report.data().capabilities().stream()
        .map(one -> new SuiteName(one.suite(), CapabilityName.heading(one.capability())))
        .distinct()
        .toList();
  }

  /** Returns what an item is one of, " lost" say; "" for all items. */
  private static String kind(String change) {
    return change.equals(ItemFilter.ALL) ? "" : " " + change.replace('_', ' ');
  }

  /** The suite's own text, unless the version that was frozen is not there any more. */
  private Optional<Item> item(Audit audit, String suiteId, String itemId) {
    return audit.plan().suites().stream()
        .filter(planned -> planned.suite().equals(suiteId))
        .findFirst()
        .flatMap(planned -> library.find(suiteId, planned.digest()))
        .flatMap(suite -> suite.item(itemId));
  }

  /** Returns an item's address, "" for none. */
  private static String itemUrl(Audit audit, ItemFilter filter, String item) {
    return item.isEmpty()
        ? ""
        : filter.query().at(path(audit, "item")).with("page", "").with("item", item).url();
  }

  private static String path(Audit audit, String page) {
    return "/audits/" + audit.id() + "/" + page;
  }

  /** Returns an identifier as a heading: "both_wrong" as "Both wrong". */
  static String title(String identifier) {
    String words = identifier.replace('_', ' ');
    return words.isEmpty()
        ? ""
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
