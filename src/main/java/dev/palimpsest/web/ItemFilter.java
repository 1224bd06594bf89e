package dev.palimpsest.web;

import dev.palimpsest.audit.review.Facet;
import dev.palimpsest.audit.review.ItemSelection;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportData;
import dev.palimpsest.web.failure.WebException;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which items of a report are looked at; all of it stands in the address.
 *
 * @param report the items are of
 * @param query what was asked for
 */
record ItemFilter(Report report, Query query) {
  static final String ALL = "all";
  private static final String LOST = "lost";
  private static final String PLAN = "plan";

  /** The values of "change" in the order of their tabs. */
  private static final List<String> CHANGES =
      List.of(LOST, "gained", "both_wrong", "both_right", Facet.TEXT, "not_comparable");

  private static final String[] PARAMETERS = {
    "suite", "tuned", "change", "topic", "tier", "cell", "q", "sort", "diff", "page"
  };

  /**
   * Reads the filter of a request. A change that makes no sense falls back to the losses.
   *
   * @throws WebException if the report has no such suite or checkpoint
   */
  static ItemFilter of(Context ctx, Report report, String path) {
    Query query = Query.of(ctx, path, PARAMETERS);
    String change = query.get("change");
    boolean known = change.equals(ALL) || CHANGES.contains(change);
    ItemFilter filter = new ItemFilter(report, known ? query : query.with("change", LOST));
    boolean there =
        report.data().capabilities().stream()
            .anyMatch(
                one ->
                    isAsked(filter.suite(), one.suite()) && isAsked(filter.tuned(), one.tuned()));
    if (!there) {
      throw WebException.notFound("This report has no such suite and checkpoint.");
    }
    return filter;
  }

  private static boolean isAsked(String asked, String value) {
    return asked.isEmpty() || asked.equals(value);
  }

  /** Returns the suite's id, "" for all. */
  String suite() {
    return query.get("suite");
  }

  /** Returns the tuned arm's name, "" for all. */
  String tuned() {
    return query.get("tuned");
  }

  /** Returns what is searched for, "" for nothing. */
  String text() {
    return query.get("q");
  }

  /** Tells whether words that differ are marked. */
  boolean marksDifferences() {
    return !query.get("diff").equals("off");
  }

  /** Returns the finding, if one suite and one checkpoint are chosen. */
  Optional<ReportData.Capability> finding() {
    return suite().isEmpty() || tuned().isEmpty()
        ? Optional.empty()
        : report.data().capabilities().stream()
            .filter(one -> one.suite().equals(suite()) && one.tuned().equals(tuned()))
            .findFirst();
  }

  /** Returns the values that are asked for. */
  Map<Facet, String> chosen() {
    Map<Facet, String> chosen = new EnumMap<>(Facet.class);
    for (Facet facet : Facet.values()) {
      String value = query.get(facet.parameter());
      if (!value.isEmpty() && !(facet == Facet.CHANGE && value.equals(ALL))) {
        chosen.put(facet, value);
      }
    }
    return chosen;
  }

  /** Returns the order that is asked for. */
  ItemSelection.Order order() {
    return query.get("sort").equals(PLAN) ? ItemSelection.Order.PLAN : ItemSelection.Order.SHIFT;
  }

  /** Returns links to every change, with how many items it leaves. */
  List<Tab> tabs(ItemSelection selection) {
    List<Tab> tabs = new ArrayList<>();
    for (String change : CHANGES) {
      tabs.add(tab(label(change), change, selection.count(Facet.CHANGE, change)));
    }
    tabs.add(tab("All", ALL, selection.totals().get(Facet.CHANGE)));
    return tabs;
  }

  private static String label(String change) {
    return change.equals(Facet.TEXT) ? "Text changed only" : ItemPages.title(change);
  }

  private Tab tab(String label, String change, int count) {
    return new Tab(
        label,
        count,
        query.with("change", change).with("page", "").url(),
        query.get("change").equals(change));
  }
}
