package dev.palimpsest.report.page;

import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.chart.Scale;
import dev.palimpsest.report.chart.SlopeChart;
import dev.palimpsest.report.model.ReportData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One checkpoint's part of a report, the same in every layout; texts still have to be escaped.
 *
 * @param arm the checkpoint
 * @param name of the checkpoint, with nothing in it that deceives the eye
 * @param badge the look of its verdict
 * @param sentence its verdict in words
 * @param forest each capability's change with its interval
 * @param slope each capability's score, from base to tuned
 * @param rows its findings, the gravest first
 */
public record ArmView(
    ReportData.TunedCheckpoint arm,
    String name,
    Mark badge,
    String sentence,
    Picture forest,
    Picture slope,
    List<FindingView> rows) {
  /**
   * Returns the checkpoints of a report, those that fail first.
   *
   * @param link gives the address that a finding's label in a chart leads to
   */
  public static List<ArmView> of(ReportData data, Function<FindingView, String> link) {
    Scale scale = ForestPlot.scale(data.capabilities());
    List<ArmView> arms = new ArrayList<>();
    for (ReportData.TunedCheckpoint arm : data.gravestFirst()) {
      int number = arms.size() + 1;
      List<FindingView> rows = rows(data, arm, number);
      String name = SafeText.visible(arm.name());
      arms.add(
          new ArmView(
              arm,
              name,
              Mark.of(arm.verdict()),
              SafeText.visible(arm.sentence()),
              forest(rows, scale, "chart-" + number, name, link),
              slope(rows, "slope-" + number, name),
              rows));
    }
    return arms;
  }

  private static List<FindingView> rows(
      ReportData data, ReportData.TunedCheckpoint arm, int number) {
    List<FindingView> rows = new ArrayList<>();
    for (ReportData.Capability finding : data.capabilities()) {
      if (finding.tuned().equals(arm.name())) {
        rows.add(FindingView.of(finding, "finding-" + number + "-" + (rows.size() + 1)));
      }
    }
    rows.sort(FindingView.GRAVEST_FIRST);
    return rows;
  }

  private static Picture forest(
      List<FindingView> rows,
      Scale scale,
      String id,
      String arm,
      Function<FindingView, String> link) {
    Map<String, String> links =
        rows.stream().collect(Collectors.toMap(row -> row.finding().suite(), link));
    return Picture.of(
        size ->
            ForestPlot.svg(
                rows.stream().map(FindingView::finding).toList(),
                scale,
                size,
                id + "-" + size.word(),
                "Change of each capability from the base to " + arm,
                finding -> links.get(finding.suite())));
  }

  private static Picture slope(List<FindingView> rows, String id, String arm) {
    List<SlopeChart.Line> lines =
        rows.stream()
            .filter(row -> row.finding().n() > 0)
            .map(
                row ->
                    new SlopeChart.Line(
                        row.name(),
                        row.finding().base(),
                        row.finding().tunedScore(),
                        row.mark().look()))
            .toList();
    String described =
        lines.isEmpty()
            ? "Nothing was scored."
            : rows.stream().map(FindingView::fromTo).collect(Collectors.joining(" "));
    return Picture.of(
        size ->
            SlopeChart.svg(
                lines,
                size,
                id + "-" + size.word(),
                "Scores of the base and of " + arm,
                described));
  }
}
