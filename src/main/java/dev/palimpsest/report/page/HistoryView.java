package dev.palimpsest.report.page;

import dev.palimpsest.audit.Points;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.chart.Scale;
import dev.palimpsest.report.model.History;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * The checkpoints of one base, audit after audit; texts still have to be escaped.
 *
 * @param charts one per suite, the ones that were asked last first
 * @param rows one per checkpoint, newest first
 */
public record HistoryView(List<Chart> charts, List<Row> rows) {
  /**
   * One suite's trajectory.
   *
   * @param name the capability as a heading
   * @param svg the drawing
   */
  public record Chart(String suite, String name, String svg) {}

  /**
   * A checkpoint.
   *
   * @param cells its changes, in the order of the charts
   */
  public record Row(History.Entry entry, String tuned, Mark mark, List<Cell> cells) {}

  /**
   * A change.
   *
   * @param delta in points with its sign, a dash where nothing was scored
   * @param interval of it, "" for none
   */
  public record Cell(String name, String delta, String interval, Mark mark) {}

  /** Makes the view of entries, newest first. */
  public static HistoryView of(List<History.Entry> entries) {
    Map<String, List<History.Figure>> bySuite = new LinkedHashMap<>();
    for (History.Entry entry : entries) {
      for (History.Figure figure : entry.figures()) {
        bySuite.computeIfAbsent(figure.suite(), suite -> new ArrayList<>()).add(figure);
      }
    }
    bySuite.values().forEach(Collections::reverse);
    Scale scale = scale(bySuite);
    List<Chart> charts = new ArrayList<>();
    bySuite.forEach((suite, figures) -> charts.add(chart(suite, figures, scale, charts.size())));
    return new HistoryView(charts, entries.stream().map(entry -> row(entry, bySuite)).toList());
  }

  private static Scale scale(Map<String, List<History.Figure>> bySuite) {
    return Scale.holding(
        bySuite.values().stream()
            .flatMap(List::stream)
            .filter(figure -> figure.n() > 0)
            .flatMapToDouble(
                one -> DoubleStream.of(one.low(), one.high(), -1.4 * one.margin(), one.margin()))
            .toArray());
  }

  private static Chart chart(String suite, List<History.Figure> figures, Scale scale, int number) {
    String name = name(figures);
    return new Chart(
        suite,
        name,
        Trajectory.svg(figures, scale, "trajectory-" + number, name + ": change from the base"));
  }

  private static String name(List<History.Figure> figures) {
    return Texts.capability(figures.get(figures.size() - 1).capability());
  }

  private static Row row(History.Entry entry, Map<String, List<History.Figure>> bySuite) {
    List<Cell> cells = new ArrayList<>();
    bySuite.forEach(
        (suite, figures) ->
            cells.add(
                entry.figures().stream()
                    .filter(one -> one.suite().equals(suite) && one.n() > 0)
                    .findFirst()
                    .map(one -> cell(name(figures), one))
                    .orElse(new Cell(name(figures), "–", "", null))));
    return new Row(entry, SafeText.visible(entry.tuned()), Mark.of(entry.verdict()), cells);
  }

  private static Cell cell(String name, History.Figure one) {
    return new Cell(
        name,
        Points.signed(one.delta()),
        Points.signed(one.low()) + " to " + Points.signed(one.high()),
        Mark.of(one.verdict()));
  }
}
