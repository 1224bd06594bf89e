package dev.palimpsest.web;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.review.ItemEntry;
import dev.palimpsest.audit.review.ItemSelection;
import dev.palimpsest.audit.review.Rulings;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.suite.Item;
import dev.palimpsest.web.guard.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The items of a report in a list: what was lost, gained or kept, filtered, searched and sorted.
 */
final class ItemPages {
  /**
   * A line of the list.
   *
   * @param anchor names the line within its page
   * @param place suite and checkpoint where the list shows several, else none
   * @param shift how the lead of the right answer moved, "" where there is none
   * @param review what people said: "overridden", "note" or ""
   */
  public record Row(
      String id,
      String anchor,
      String url,
      String question,
      String tier,
      List<String> place,
      PairedOutcome.Change change,
      String shift,
      String base,
      String tuned,
      String review) {}

  private final Reports reports;
  private final Audits audits;
  private final ItemBook book;
  private final ItemTexts texts;
  private final Stamps stamps;
  private final Views views;

  ItemPages(
      Reports reports, Audits audits, ItemBook book, ItemTexts texts, Stamps stamps, Views views) {
    this.reports = reports;
    this.audits = audits;
    this.book = book;
    this.texts = texts;
    this.stamps = stamps;
    this.views = views;
  }

  void routes(RoutesConfig routes) {
    routes.get("/audits/{id}/items", this::list, Role.VIEWER);
  }

  private void list(Context ctx) {
    Audit audit = reports.audit(ctx.pathParam("id"));
    ItemFilter filter = ItemFilter.of(ctx, reports.recent(audit.id()), path(audit));
    views.kept(
        ctx, "items", filter.query().url(), stamps.of(audit.id()), () -> model(audit, filter));
  }

  private Map<String, Object> model(Audit audit, ItemFilter filter) {
    ItemSelection selection = book.select(filter);
    Rulings rulings = Rulings.of(audits.reviews(audit.id()));
    Page<Row> page =
        Page.of(
            selection.entries().size(),
            filter.query(),
            (from, size) -> rows(audit, filter, selection, rulings, from, size));
    Map<String, Object> model = new HashMap<>();
    model.put("audit", audit);
    model.put("heading", heading(filter));
    model.put("sentence", filter.finding().map(one -> one.sentence()).orElse(""));
    model.put("reviewed", texts.reviewed(audit, filter, rulings));
    model.put("common", book.inCommon(filter));
    model.put("unsearched", filter.query().with("q", "").with("page", "").url());
    model.put("unfiltered", path(audit) + "?change=all");
    model.put("tabs", filter.tabs(selection));
    model.put("lists", ItemOptions.of(filter, selection));
    model.put("page", page);
    model.put("q", filter.text());
    model.put("change", filter.query().get("change"));
    model.put("diff", filter.query().get("diff"));
    model.put("planOrder", filter.order() == ItemSelection.Order.PLAN);
    model.put("scripts", List.of("items.js"));
    return model;
  }

  private List<Row> rows(
      Audit audit,
      ItemFilter filter,
      ItemSelection selection,
      Rulings rulings,
      int from,
      int size) {
    List<ItemEntry> entries = selection.entries();
    List<ItemEntry> shown = entries.subList(from, Math.min(from + size, entries.size()));
    List<PairedOutcome> pairs = book.read(filter.report(), shown);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      rows.add(row(audit, filter, shown.get(i), pairs.get(i), rulings, from + i + 1));
    }
    return rows;
  }

  private Row row(
      Audit audit,
      ItemFilter filter,
      ItemEntry entry,
      PairedOutcome pair,
      Rulings rulings,
      int number) {
    return new Row(
        entry.itemId(),
        "item-" + number,
        ItemLinks.item(audit, filter, entry),
        question(audit, pair),
        entry.tier(),
        place(filter, entry),
        pair.change(),
        Double.isNaN(entry.shift()) ? "" : new Show().shift(entry.shift()),
        answer(pair.base()),
        answer(pair.tuned()),
        said(rulings, pair));
  }

  private static String said(Rulings rulings, PairedOutcome pair) {
    if (rulings.isOverridden(pair.base()) || rulings.isOverridden(pair.tuned())) {
      return "overridden";
    }
    boolean silent =
        rulings.history(pair.base()).isEmpty() && rulings.history(pair.tuned()).isEmpty();
    return silent ? "" : "note";
  }

  private static List<String> place(ItemFilter filter, ItemEntry entry) {
    List<String> place = new ArrayList<>();
    if (filter.suite().isEmpty()) {
      place.add(entry.suite());
    }
    if (filter.tuned().isEmpty()) {
      place.add(entry.tuned());
    }
    return place;
  }

  private String question(Audit audit, PairedOutcome pair) {
    Outcome base = pair.base();
    return SafeText.visible(
        texts.item(audit, base.suite(), base.itemId()).map(Item::text).orElse(base.prompt()));
  }

  private static String answer(Outcome outcome) {
    return outcome.state() == Outcome.State.SCORED
        ? SafeText.visible(outcome.output())
        : dev.palimpsest.report.page.ItemView.result(outcome);
  }

  /** Returns what is looked at: "Knowledge, sql-forget", "All capabilities, sql-forget". */
  static String heading(ItemFilter filter) {
    String capability =
        filter.suite().isEmpty()
            ? "All capabilities"
            : filter.report().data().capabilities().stream()
                .filter(one -> one.suite().equals(filter.suite()))
                .findFirst()
                .map(one -> CapabilityName.heading(one.capability()))
                .orElse(filter.suite());
    return capability + ", " + (filter.tuned().isEmpty() ? "all checkpoints" : filter.tuned());
  }

  static String path(Audit audit) {
    return "/audits/" + audit.id() + "/items";
  }

  /** Returns an identifier as a heading: "both_wrong" as "Both wrong". */
  static String title(String identifier) {
    String words = identifier.replace('_', ' ');
    return words.isEmpty()
        ? ""
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
