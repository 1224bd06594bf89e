package dev.palimpsest.report.chart;

import java.util.List;
import java.util.Locale;

/**
 * Capabilities by checkpoints: the change stands in each cell, and its shade says how large it is.
 */
public final class HeatMap {
  private static final double FULL_SHADE = 0.30;
  private static final double STRONGEST = 0.42;

  private final List<String> columns;
  private final List<Row> rows;
  private final Size size;
  private final double left;
  private final double cellWidth;
  private final double cellHeight;
  private final double rowHeight;
  private final boolean numbered;
  private final double top;

  /** A capability, a cell for each checkpoint. */
  public record Row(String name, List<Cell> cells) {}

  /**
   * A change.
   *
   * @param href where the cell leads, "" for nowhere
   */
  public record Cell(Value value, String href) {}

  private HeatMap(List<String> columns, List<Row> rows, Size size) {
    this.columns = columns;
    this.rows = rows;
    this.size = size;
    boolean wide = size == Size.WIDE;
    this.left = wide ? 230 : 0;
    this.cellWidth = Math.min(256, (size.width() - left) / Math.max(1, columns.size()));
    this.cellHeight = 36;
    this.rowHeight = wide ? 42 : 62;
    // Names of checkpoints that do not fit get a number and stand below.
    this.numbered =
        columns.stream().anyMatch(name -> !Svg.fitting(name, cellWidth - 10, 13).equals(name));
    this.top = 28;
  }

  /** Returns the drawing; see {@link Svg#begin} for the texts. */
  public static String svg(
      List<String> columns,
      List<Row> rows,
      Size size,
      String id,
      String title,
      String description) {
    return new HeatMap(List.copyOf(columns), List.copyOf(rows), size).draw(id, title, description);
  }

  private String draw(String id, String title, String description) {
    double end = top + rows.size() * rowHeight;
    double key = numbered ? keyHeight() : 0;
    Svg svg = Svg.begin(size, end + key + 4, id, title, description, true);
    for (int i = 0; i < columns.size(); i++) {
      String head = numbered ? String.valueOf(i + 1) : columns.get(i);
      svg.text("pf-label", left + (i + 0.5) * cellWidth, 16, "middle", 13, head);
    }
    for (int i = 0; i < rows.size(); i++) {
      row(svg, rows.get(i), top + i * rowHeight);
    }
    if (numbered) {
      key(svg, end + 18);
    }
    return svg.end();
  }

  private void row(Svg svg, Row row, double y) {
    double cellTop = size == Size.WIDE ? y + 3 : y + 22;
    double baseline = size == Size.WIDE ? y + 26 : y + 15;
    svg.text(
        "pf-label",
        0,
        baseline,
        "start",
        15,
        Svg.fitting(row.name(), size == Size.WIDE ? 215 : 340, 15));
    for (int i = 0; i < row.cells().size(); i++) {
      cell(svg, row.cells().get(i), left + i * cellWidth, cellTop);
    }
  }

  private void cell(Svg svg, Cell cell, double x, double y) {
    Value value = cell.value();
    svg.link(cell.href());
    boolean fell = value.change() < 0;
    String shade = String.format(Locale.ROOT, "%.2f", shade(value));
    svg.rect(
        fell ? "pf-cell pf-cell-fell" : "pf-cell pf-cell-rose",
        x + 2,
        y,
        cellWidth - 4,
        cellHeight,
        "rx",
        "4",
        "fill",
        fell ? "#D55E00" : "#0072B2",
        "fill-opacity",
        shade);
    if (value.look().tone().equals("fail")) {
      svg.rect(
          "pf-line-fail",
          x + 3,
          y + 1,
          cellWidth - 6,
          cellHeight - 2,
          "rx",
          "3",
          "fill",
          "none",
          "stroke",
          "#D55E00",
          "stroke-width",
          "2");
    }
    int font = cellWidth < 52 ? 11 : cellWidth < 76 ? 12 : 14;
    String sign =
        cellWidth < 52 ? "" : cellWidth < 76 ? value.look().sign() : " " + value.look().sign();
    svg.text("pf-figures", x + cellWidth / 2, y + 23, "middle", font, value.text() + sign);
    svg.endLink(cell.href());
  }

  private static double shade(Value value) {
    return value.isMeasured() ? STRONGEST * Math.min(1, Math.abs(value.change()) / FULL_SHADE) : 0;
  }

  private int keyColumns() {
    return size == Size.WIDE ? 3 : 1;
  }

  private double keyHeight() {
    return 12 + 22 * Math.ceil(columns.size() / (double) keyColumns());
  }

  private void key(Svg svg, double y) {
    double width = size.width() / (double) keyColumns();
    for (int i = 0; i < columns.size(); i++) {
      double x = i % keyColumns() * width;
      int line = i / keyColumns();
      String name = (i + 1) + "  " + columns.get(i);
      svg.text("pf-muted", x, y + 22.0 * line, "start", 13, Svg.fitting(name, width - 10, 13));
    }
  }
}
