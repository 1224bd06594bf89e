package dev.palimpsest.report.page;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.SuitePairs;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Chooses the items that the offline page shows: regressions first, the gravest first, as many as
 * keep the file small. The others are in items.jsonl.
 */
final class ItemSections {
  private static final int MARKUP_PER_ITEM = 1500;

  /**
   * Items that came out alike.
   *
   * @param title "Lost", "Gained", …
   * @param tone CSS class suffix
   * @param count all of them
   * @param items those that are shown
   * @param printed whether paper shows them too
   */
  public record Group(String title, String tone, int count, List<ItemView> items, boolean printed) {
    /** Returns how many are not shown. */
    public int more() {
      return count - items.size();
    }
  }

  private final Report report;
  private int budget;

  /**
   * Makes the sections of one finding.
   *
   * @param budget characters of page that the finding's items may take
   */
  ItemSections(Report report, int budget) {
    this.report = report;
    this.budget = budget;
  }

  /** Returns what is left of the budget. */
  int left() {
    return budget;
  }

  List<Group> groups(ReportData.Capability finding) {
    List<PairBrief> briefs = report.pairs(finding.suite(), finding.tuned()).briefs();
    List<Group> groups = new ArrayList<>();
    groups.add(group(finding, briefs, Change.LOST, "Lost", "fail", 40));
    groups.add(group(finding, briefs, Change.GAINED, "Gained", "pass", 15));
    groups.add(
        group(finding, briefs, Change.NOT_COMPARABLE, "Without a score on one side", "open", 10));
    groups.add(group(finding, briefs, Change.BOTH_WRONG, "Wrong on both", "open", 5));
    groups.removeIf(group -> group.count() == 0);
    return groups;
  }

  private Group group(
      ReportData.Capability finding,
      List<PairBrief> briefs,
      Change change,
      String title,
      String tone,
      int most) {
    SuitePairs pairs = report.pairs(finding.suite(), finding.tuned());
    List<String> gravest =
        briefs.stream()
            .filter(pair -> pair.change() == change)
            .sorted(Comparator.comparingDouble(ItemSections::gravity).reversed())
            .map(PairBrief::itemId)
            .toList();
    List<ItemView> shown = new ArrayList<>();
    for (PairedOutcome pair : inOrder(pairs, gravest.subList(0, Math.min(most, gravest.size())))) {
      ItemView item = ItemView.of(pair, report.tier(finding.suite(), pair.base().itemId()));
      int cost = item.size() + MARKUP_PER_ITEM;
      if (cost > budget) {
        break;
      }
      budget -= cost;
      shown.add(item);
    }
    return new Group(title, tone, gravest.size(), shown, change != Change.BOTH_WRONG);
  }

  /** Only the items that are shown are read with their texts. */
  private static List<PairedOutcome> inOrder(SuitePairs pairs, List<String> ids) {
    Map<String, PairedOutcome> byId =
        pairs.of(ids).stream()
            .collect(Collectors.toMap(pair -> pair.base().itemId(), pair -> pair));
    return ids.stream().map(byId::get).toList();
  }

  /** How far the log-probability margin moved; items without one keep their order. */
  private static double gravity(PairBrief pair) {
    double moved = Math.abs(pair.baseMargin() - pair.tunedMargin());
    return Double.isFinite(moved) ? moved : 0;
  }
}
