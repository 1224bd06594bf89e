package dev.palimpsest.web;

import dev.palimpsest.audit.PairFilter;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.SuitePairs;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportData;
import dev.palimpsest.web.failure.WebException;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** Returns the pairs of the suite and checkpoint. */
  SuitePairs pairs() {
    return report.pairs(finding.suite(), finding.tuned());
  }

  /** Returns which of them are left. */
  PairFilter wanted() {
    return new PairFilter(change(query.get("change")), query.get("q"));
  }

  /** Returns the same filter for another change. */
  ItemFilter withChange(String change) {
    return new ItemFilter(report, finding, query.with("change", change).with("page", ""));
  }

  /** Returns how many pairs the search leaves, by change. */
  Map<Change, Integer> counts() {
    return query.get("q").isEmpty() ? counted() : pairs().counts(query.get("q"));
  }

  /** Without a search they are the report's own figures. */
  private Map<Change, Integer> counted() {
    return Map.of(
        Change.LOST, finding.lost(),
        Change.GAINED, finding.gained(),
        Change.BOTH_RIGHT, finding.bothRight(),
        Change.BOTH_WRONG, finding.bothWrong(),
        Change.NOT_COMPARABLE, finding.notComparable());
  }

  /** Returns how many pairs are left. */
  int count(Map<Change, Integer> counts) {
    return change(query.get("change"))
        .map(change -> counts.getOrDefault(change, 0))
        .orElseGet(() -> all(counts));
  }

  private static int all(Map<Change, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Returns links to every change, with how many items it leaves. */
  List<Tab> tabs(Map<Change, Integer> counts) {
    List<Tab> tabs = new ArrayList<>();
    for (Change change : Change.values()) {
      String word = change.name().toLowerCase(Locale.ROOT);
      int count = counts.getOrDefault(change, 0);
      if (change != Change.NOT_COMPARABLE || count > 0) {
        tabs.add(tab(ItemPages.title(word), word, count));
      }
    }
    tabs.add(tab("All", ALL, all(counts)));
    return tabs;
  }

  private Tab tab(String label, String word, int count) {
    return new Tab(label, count, withChange(word).query.url(), query.get("change").equals(word));
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
