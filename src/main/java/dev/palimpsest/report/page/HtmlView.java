package dev.palimpsest.report.page;

import dev.palimpsest.report.model.Report;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the offline page's template is filled with. */
final class HtmlView {
  /** Characters that all items together may take; the rest of the page is small. */
  private static final int ITEMS_BUDGET = 1_300_000;

  private final Report report;
  private final ReportView view;

  HtmlView(Report report) {
    this.report = report;
    this.view = ReportView.of(report.data(), finding -> "#" + finding.anchor());
  }

  Mark badge() {
    return Mark.of(report.data().verdict());
  }

  /** Returns what every layout shows. */
  ReportView view() {
    return view;
  }

  /**
   * Returns the items that are shown of each finding, by its anchor. What a finding leaves of its
   * share of the page goes to those after it.
   */
  Map<String, List<ItemSections.Group>> groups() {
    Map<String, List<ItemSections.Group>> groups = new HashMap<>();
    int budget = ITEMS_BUDGET;
    int left = report.data().capabilities().size();
    for (ArmView arm : view.arms()) {
      for (FindingView row : arm.rows()) {
        int share = budget / Math.max(1, left--);
        ItemSections sections = new ItemSections(report, share);
        groups.put(row.anchor(), sections.groups(row.finding()));
        budget -= share - sections.left();
      }
    }
    return groups;
  }
}
