package dev.palimpsest.report.page;

import dev.palimpsest.audit.Points;
import dev.palimpsest.report.chart.Scale;
import dev.palimpsest.report.chart.Size;
import dev.palimpsest.report.chart.Svg;
import dev.palimpsest.report.model.ReportData;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Draws each capability's change with its interval, the zero line and the zone beyond the margin.
 *
 * <p>A gate is passed where the whole whisker lies right of its margin. The drawing stands on its
 * own in its light colours; a page restyles it through the classes {@code pf-…} (chart.css). Text
 * is drawn in the page's colour and font.
 */
public final class ForestPlot {
  private final List<ReportData.Capability> rows;
  private final Scale scale;
  private final Layout layout;
  private final Function<ReportData.Capability, String> link;

  /** Where things stand in the two sizes: labels left and figures right, or above and below. */
  private enum Layout {
    WIDE(Size.WIDE, 1000, 236, 664, 54, 44),
    NARROW(Size.NARROW, 360, 18, 342, 104, 30);

    private final Size size;
    private final int width;
    private final int left;
    private final int right;
    private final int rowHeight;
    private final int top;

    Layout(Size size, int width, int left, int right, int rowHeight, int top) {
      this.size = size;
      this.width = width;
      this.left = left;
      this.right = right;
      this.rowHeight = rowHeight;
      this.top = top;
    }
  }

  private ForestPlot(
      List<ReportData.Capability> rows,
      Scale scale,
      Layout layout,
      Function<ReportData.Capability, String> link) {
    this.rows = List.copyOf(rows);
    this.scale = scale;
    this.layout = layout;
    this.link = link;
  }

  /** Returns the scale that holds the intervals and margins of all rows that scored anything. */
  static Scale scale(List<ReportData.Capability> rows) {
    return Scale.holding(rows.stream().flatMapToDouble(ForestPlot::held));
  }

  private static DoubleStream held(ReportData.Capability row) {
    DoubleStream fixed = DoubleStream.of(-1.4 * row.margin(), row.margin());
    return row.n() == 0
        ? fixed
        : DoubleStream.concat(fixed, row.ci().stream().mapToDouble(Double::doubleValue));
  }

  /**
   * Returns the drawing as an svg element.
   *
   * @param rows from top to bottom
   * @param scale shared by the drawings that are to be compared
   * @param id unique in the page; prefix of the ids inside
   * @param title the drawing's name
   * @param link gives the address that a row's label leads to, "" for none
   */
  public static String svg(
      List<ReportData.Capability> rows,
      Scale scale,
      Size size,
      String id,
      String title,
      Function<ReportData.Capability, String> link) {
    Layout layout = size == Size.WIDE ? Layout.WIDE : Layout.NARROW;
    return new ForestPlot(rows, scale, layout, link).draw(id, title);
  }

  private String draw(String id, String title) {
    int bottom = layout.top + rows.size() * layout.rowHeight;
    String description =
        rows.stream().map(ReportData.Capability::sentence).collect(Collectors.joining(" "));
    Svg svg = Svg.begin(layout.size, bottom + 44, id, title, description, true);
    zones(svg);
    grid(svg, bottom);
    for (int i = 0; i < rows.size(); i++) {
      row(svg, rows.get(i), top(i));
    }
    axis(svg, bottom);
    return svg.end();
  }

  private int top(int row) {
    return layout.top + row * layout.rowHeight;
  }

  /** Shades, row by row, where a drop would be beyond the margin. */
  private void zones(Svg svg) {
    for (int i = 0; i < rows.size(); i++) {
      double edge = x(-rows.get(i).margin());
      svg.zone(layout.left, top(i), edge - layout.left, layout.rowHeight);
      svg.margin(edge, top(i), edge, top(i) + layout.rowHeight);
    }
    if (!rows.isEmpty()) {
      double edge = x(-rows.get(0).margin());
      boolean roomLeft = edge - layout.left > 140;
      svg.text(
          "pf-muted",
          roomLeft ? edge - 6 : layout.left,
          layout.top - 12,
          roomLeft ? "end" : "start",
          13,
          "beyond the margin");
    }
  }

  private void grid(Svg svg, int bottom) {
    for (double tick : scale.ticks()) {
      double x = x(tick);
      if (Math.abs(tick) < 1e-9) {
        svg.zero(x, layout.top - 6, x, bottom);
      } else {
        svg.grid(x, layout.top, x, bottom);
      }
    }
  }

  private void axis(Svg svg, int bottom) {
    for (double tick : scale.ticks()) {
      svg.text("pf-muted", x(tick), bottom + 18, "middle", 13, Svg.tick(tick));
    }
    svg.text("pf-muted", layout.left, bottom + 38, "start", 13, "← tuned worse");
    svg.text("pf-muted", (layout.left + layout.right) / 2.0, bottom + 38, "middle", 13, "points");
    svg.text("pf-muted", layout.right, bottom + 38, "end", 13, "tuned better →");
  }

  private void row(Svg svg, ReportData.Capability row, int y) {
    svg.grid(0, y, layout.width, y);
    Mark mark = Mark.of(row.verdict());
    String items = row.n() + (row.n() == 1 ? " item" : " items");
    String word = mark.sign() + " " + mark.word();
    if (layout == Layout.WIDE) {
      name(svg, row, y + 23);
      svg.text("pf-muted", 0, y + 42, "start", 13, counts(row));
      svg.text("pf-figures", 684, y + 23, "start", 15, figures(row));
      svg.text("pf-muted", layout.width, y + 23, "end", 13, items);
      svg.text("pf-word pf-word-" + mark.tone(), 684, y + 42, "start", 13, word);
      whisker(svg, row, y + 27);
    } else {
      name(svg, row, y + 20);
      svg.text("pf-word pf-word-" + mark.tone(), 0, y + 39, "start", 13, word);
      svg.text("pf-figures", 0, y + 93, "start", 14, figures(row));
      svg.text("pf-muted", layout.width, y + 93, "end", 13, items);
      whisker(svg, row, y + 62);
    }
  }

  private void name(Svg svg, ReportData.Capability row, int y) {
    String href = link.apply(row);
    svg.link(href);
    svg.text(
        "pf-label", 0, y, "start", 15, Texts.shortened(Texts.capability(row.capability()), 26));
    svg.endLink(href);
  }

  private static String counts(ReportData.Capability row) {
    return row.lost() + " lost, " + row.gained() + " gained";
  }

  private static String figures(ReportData.Capability row) {
    if (row.n() == 0) {
      return "nothing scored";
    }
    return Points.signed(row.delta())
        + " ("
        + Points.signed(row.ci().get(0))
        + " to "
        + Points.signed(row.ci().get(1))
        + ")";
  }

  private void whisker(Svg svg, ReportData.Capability row, int y) {
    if (row.n() > 0) {
      Mark mark = Mark.of(row.verdict());
      svg.across(mark.look(), x(row.ci().get(0)), x(row.ci().get(1)), y);
      svg.marker(mark.look(), x(row.delta()), y);
    }
  }

  private double x(double value) {
    return scale.position(value, layout.left, layout.right);
  }
}
