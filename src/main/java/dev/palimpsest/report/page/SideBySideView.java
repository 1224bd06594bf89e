package dev.palimpsest.report.page;

import dev.palimpsest.report.chart.HeatMap;
import dev.palimpsest.report.chart.SmallMultiples;
import dev.palimpsest.report.model.ReportData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * All checkpoints of a report beside each other, capability by capability, the gravest first.
 *
 * @param heat the changes as a map of capabilities by checkpoints
 * @param multiples the changes with their intervals, a panel for each checkpoint
 * @param rows the same in figures
 */
public record SideBySideView(Picture heat, Picture multiples, List<Row> rows) {
  /**
   * A capability.
   *
   * @param skill whether the tune was made for it
   * @param cells one per checkpoint, in their order
   */
  public record Row(String name, boolean skill, List<Cell> cells) {}

  /** A checkpoint's finding. */
  public record Cell(String arm, FindingView finding) {}

  static SideBySideView of(
      ReportData data, List<ArmView> arms, Function<FindingView, String> link) {
    List<Row> rows = rows(data, arms);
    List<String> names = arms.stream().map(ArmView::name).toList();
    List<HeatMap.Row> heat = rows.stream().map(row -> heat(row, link)).toList();
    List<SmallMultiples.Panel> panels = arms.stream().map(arm -> panel(arm, rows)).toList();
    String title = "Change of every capability for every checkpoint, in points";
    return new SideBySideView(
        Picture.of(
            size -> HeatMap.svg(names, heat, size, "heat-" + size.word(), title, described(rows))),
        Picture.of(
            size ->
                SmallMultiples.svg(
                    panels, size, "multiples-" + size.word(), title, described(rows))),
        rows);
  }

  private static List<Row> rows(ReportData data, List<ArmView> arms) {
    List<Row> rows = new ArrayList<>();
    for (ReportData.SuiteFacts suite : data.suites()) {
      List<Cell> cells =
          arms.stream()
              .flatMap(
                  arm ->
                      arm.rows().stream()
                          .filter(row -> row.finding().suite().equals(suite.suite()))
                          .map(row -> new Cell(arm.name(), row)))
              .toList();
      if (!cells.isEmpty()) {
        FindingView first = cells.get(0).finding();
        rows.add(new Row(first.name(), first.finding().skill(), cells));
      }
    }
    rows.sort(Comparator.comparing(SideBySideView::gravest, FindingView.GRAVEST_FIRST));
    return rows;
  }

  private static FindingView gravest(Row row) {
    return row.cells().stream().map(Cell::finding).min(FindingView.GRAVEST_FIRST).orElseThrow();
  }

  private static HeatMap.Row heat(Row row, Function<FindingView, String> link) {
    return new HeatMap.Row(
        row.name(),
        row.cells().stream()
            .map(cell -> new HeatMap.Cell(cell.finding().value(), link.apply(cell.finding())))
            .toList());
  }

  private static SmallMultiples.Panel panel(ArmView arm, List<Row> rows) {
    List<SmallMultiples.Row> own = new ArrayList<>();
    for (Row row : rows) {
      for (Cell cell : row.cells()) {
        if (cell.arm().equals(arm.name())) {
          double margin = cell.finding().finding().margin();
          own.add(new SmallMultiples.Row(row.name(), cell.finding().value(), margin));
        }
      }
    }
    return new SmallMultiples.Panel(arm.name(), arm.badge().look(), own);
  }

  private static String described(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      text.append(row.name()).append(": ");
      text.append(
          String.join(
              ", ",
              row.cells().stream()
                  .map(cell -> cell.arm() + " " + cell.finding().value().text())
                  .toList()));
      text.append(". ");
    }
    return text.toString().strip();
  }
}
