package dev.palimpsest.report.page;

import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.ReportData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 * @param wideChart svg for wide windows and paper
 * @param narrowChart the same for narrow ones
 * @param rows its findings, in plan order
 */
public record ArmView(
    ReportData.TunedCheckpoint arm,
    String name,
    Mark badge,
    String sentence,
    String wideChart,
    String narrowChart,
    List<FindingView> rows) {
  /**
   * Returns the checkpoints of a report, those that fail first.
   *
   * @param link gives the address that a finding's label in a chart leads to
   */
  public static List<ArmView> of(ReportData data, Function<FindingView, String> link) {
    ChartScale scale = ChartScale.of(data.capabilities());
    List<ArmView> arms = new ArrayList<>();
    for (ReportData.TunedCheckpoint arm : data.gravestFirst()) {
      int number = arms.size() + 1;
      List<FindingView> rows = rows(data, arm, number);
      Charts charts = new Charts(number, arm.name(), rows, scale, link);
      arms.add(
          new ArmView(
              arm,
              SafeText.visible(arm.name()),
              Mark.of(arm.verdict()),
              SafeText.visible(arm.sentence()),
              charts.svg(ForestPlot.Layout.WIDE),
              charts.svg(ForestPlot.Layout.NARROW),
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
    return rows;
  }

  /** The drawings of one checkpoint's findings. */
  private record Charts(
      int number,
      String arm,
      List<FindingView> rows,
      ChartScale scale,
      Function<FindingView, String> link) {
    String svg(ForestPlot.Layout layout) {
      Map<String, String> links =
          rows.stream().collect(Collectors.toMap(row -> row.finding().suite(), link));
      return ForestPlot.svg(
          rows.stream().map(FindingView::finding).toList(),
          scale,
          layout,
          "chart-" + number + "-" + layout.name().toLowerCase(Locale.ROOT),
          "Change of each capability from the base to " + SafeText.visible(arm),
          finding -> links.get(finding.suite()));
    }
  }
}
