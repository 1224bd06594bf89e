package dev.palimpsest.report.page;

import dev.palimpsest.audit.Points;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the offline page's template is filled with. */
final class HtmlView {
  /** Characters that all items together may take; the rest of the page is small. */
  private static final int ITEMS_BUDGET = 1_300_000;

  private final Report report;
  private final ReportData data;
  private final ChartScale scale;
  private int budget = ITEMS_BUDGET;
  private int findingsLeft;

  HtmlView(Report report) {
    this.report = report;
    this.data = report.data();
    this.scale = ChartScale.of(data.capabilities());
    this.findingsLeft = data.capabilities().size();
  }

  /** One checkpoint's part of the page; the charts are markup. */
  public record ArmSection(
      ReportData.TunedCheckpoint arm,
      String name,
      Mark badge,
      String sentence,
      String wideChart,
      String narrowChart,
      List<Row> rows) {}

  /** One finding as a row of figures, all of them formatted. */
  public record Row(
      String anchor,
      String name,
      Mark mark,
      String n,
      String base,
      String tuned,
      String delta,
      String interval,
      String lost,
      String gained,
      String p,
      String holm,
      String margin,
      String smallest,
      String sentence,
      List<ReportData.Figure> measures,
      List<TierRow> tiers,
      List<ItemSections.Group> groups,
      String kept) {}

  /** A finding's share of one tier. */
  public record TierRow(
      String tier, String n, String base, String tuned, String delta, String interval) {}

  Mark badge() {
    return Mark.of(data.verdict());
  }

  /** Returns the checkpoints, those that fail first. */
  List<ArmSection> arms() {
    List<ArmSection> arms = new ArrayList<>();
    data.gravestFirst().forEach(arm -> arms.add(arm(arm, arms.size() + 1)));
    return arms;
  }

  private ArmSection arm(ReportData.TunedCheckpoint arm, int number) {
    List<ReportData.Capability> findings =
        data.capabilities().stream().filter(c -> c.tuned().equals(arm.name())).toList();
    List<Row> rows = new ArrayList<>();
    for (ReportData.Capability finding : findings) {
      rows.add(row(finding, anchor(number, rows.size() + 1)));
    }
    return new ArmSection(
        arm,
        SafeText.visible(arm.name()),
        Mark.of(arm.verdict()),
        SafeText.visible(arm.sentence()),
        chart(findings, ForestPlot.Layout.WIDE, arm, number),
        chart(findings, ForestPlot.Layout.NARROW, arm, number),
        rows);
  }

  private String chart(
      List<ReportData.Capability> findings,
      ForestPlot.Layout layout,
      ReportData.TunedCheckpoint arm,
      int number) {
    return ForestPlot.svg(
        findings,
        scale,
        layout,
        "chart-" + number + "-" + layout.name().toLowerCase(Locale.ROOT),
        "Change of each capability from the base to " + SafeText.visible(arm.name()),
        finding -> "#" + anchor(number, findings.indexOf(finding) + 1));
  }

  private static String anchor(int arm, int row) {
    return "finding-" + arm + "-" + row;
  }

  private Row row(ReportData.Capability c, String anchor) {
    return new Row(
        anchor,
        Texts.capability(c.capability()),
        Mark.of(c.verdict()),
        String.valueOf(c.n()),
        share(c.n(), c.base()),
        share(c.n(), c.tunedScore()),
        c.n() == 0 ? "–" : Points.signed(c.delta()),
        interval(c.ci()),
        String.valueOf(c.lost()),
        String.valueOf(c.gained()),
        Points.pValue(c.pMidMcNemar()),
        Points.pValue(c.pHolm()),
        Points.of(c.margin()),
        Points.of(c.smallestCertifiableMargin()),
        SafeText.visible(c.sentence()),
        c.measures(),
        c.tiers().stream().map(HtmlView::tier).toList(),
        groups(c),
        kept(c));
  }

  /** What a finding leaves of its share goes to those after it. */
  private List<ItemSections.Group> groups(ReportData.Capability c) {
    int share = budget / Math.max(1, findingsLeft--);
    ItemSections sections = new ItemSections(report, share);
    List<ItemSections.Group> groups = sections.groups(c);
    budget -= share - sections.left();
    return groups;
  }

  private static String kept(ReportData.Capability c) {
    return c.bothRight() + " right on both, " + c.bothWrong() + " wrong on both";
  }

  private static TierRow tier(ReportData.TierResult tier) {
    return new TierRow(
        SafeText.visible(tier.tier()),
        String.valueOf(tier.n()),
        share(tier.n(), tier.base()),
        share(tier.n(), tier.tunedScore()),
        Points.signed(tier.delta()),
        interval(tier.ci()));
  }

  private static String share(int n, double value) {
    return n == 0 ? "–" : Points.of(value) + "%";
  }

  private static String interval(List<Double> ends) {
    return Points.signed(ends.get(0)) + " to " + Points.signed(ends.get(1));
  }
}
