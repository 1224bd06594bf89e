package dev.palimpsest.web;

import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.report.Report;
import dev.palimpsest.report.ReportData;
import dev.palimpsest.web.failure.WebException;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which items of a report are looked at; all of it stands in the address.
 *
 * @param report the items are of
 * @param finding the suite and tuned checkpoint
 * @param query what was asked for
 */
record ItemFilter(Report report, ReportData.Capability finding, Query query) {
  static final String ALL = "all";
  private static final String[] PARAMETERS = {"suite", "tuned", "change", "q", "page"};

  /**
   * Reads the filter of a request; what makes no sense falls back to the first finding's losses.
   */
  static ItemFilter of(Context ctx, Report report, String path) {
    Query query = Query.of(ctx, path, PARAMETERS);
    ReportData.Capability finding =
        report.data().capabilities().stream()
            .filter(one -> isAsked(query.get("suite"), one.suite()))
            .filter(one -> isAsked(query.get("tuned"), one.tuned()))
            .findFirst()
            .orElseThrow(
                () -> WebException.notFound("This report has no such suite and checkpoint."));
    Query whole = query.with("suite", finding.suite()).with("tuned", finding.tuned());
    boolean known = query.get("change").equals(ALL) || change(query.get("change")).isPresent();
    return new ItemFilter(report, finding, known ? whole : whole.with("change", "lost"));
  }

  private static boolean isAsked(String asked, String value) {
    return asked.isEmpty() || asked.equals(value);
  }

  /** Returns the pairs that are left, in plan order. */
  List<PairedOutcome> pairs() {
    return report.pairs(finding.suite(), finding.tuned()).stream().filter(this::matches).toList();
  }

  /** Returns the same filter for another change. */
  ItemFilter withChange(String change) {
    return new ItemFilter(report, finding, query.with("change", change).with("page", ""));
  }

  /** Returns links to every change, with how many items it leaves. */
  List<Tab> tabs() {
    List<Tab> tabs = new ArrayList<>();
    for (Change change : Change.values()) {
      String word = change.name().toLowerCase(Locale.ROOT);
      int count = withChange(word).pairs().size();
      if (change != Change.NOT_COMPARABLE || count > 0) {
        tabs.add(tab(ItemPages.title(word), word, count));
      }
    }
    tabs.add(tab("All", ALL, withChange(ALL).pairs().size()));
    return tabs;
  }

  private Tab tab(String label, String word, int count) {
    return new Tab(label, count, withChange(word).query.url(), query.get("change").equals(word));
  }

  private boolean matches(PairedOutcome pair) {
    String change = query.get("change");
    return (change.equals(ALL) || pair.change().name().equalsIgnoreCase(change))
        && text(pair).contains(query.get("q").toLowerCase(Locale.ROOT));
  }

  private static String text(PairedOutcome pair) {
    return String.join(
            "\n",
            pair.base().itemId(),
            pair.base().prompt(),
            pair.base().output(),
            pair.tuned().output())
        .toLowerCase(Locale.ROOT);
  }

  private static Optional<Change> change(String word) {
    for (Change change : Change.values()) {
      if (change.name().equalsIgnoreCase(word)) {
        return Optional.of(change);
      }
    }
    return Optional.empty();
  }
}
