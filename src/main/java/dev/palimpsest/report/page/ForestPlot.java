package dev.palimpsest.report.page;

import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.verdict.Verdict;
import dev.palimpsest.report.Xml;
import dev.palimpsest.report.model.ReportData;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Draws each capability's change with its interval, the zero line and the zone beyond the margin.
 *
 * <p>A gate is passed where the whole whisker lies right of its margin. The drawing stands on its
 * own in its light colours; a page restyles it through the classes {@code pf-…} (chart.css). Text
 * is drawn in the page's colour and font.
 */
public final class ForestPlot {
  private static final String PASS = "#0072B2";
  private static final String WARN = "#A67C00";
  private static final String FAIL = "#D55E00";
  private static final String OPEN = "#6B7280";

  private final List<ReportData.Capability> rows;
  private final ChartScale scale;
  private final Layout layout;
  private final Function<ReportData.Capability, String> link;
  private final Xml svg = new Xml();

  /** The two drawings of the same rows. */
  public enum Layout {
    /** Labels left, figures right; readable from about 760 pixels. */
    WIDE(1000, 236, 664, 54, 44),
    /** Labels above, figures below; for 360 pixels. */
    NARROW(360, 18, 342, 104, 30);

    private final int width;
    private final int left;
    private final int right;
    private final int rowHeight;
    private final int top;

    Layout(int width, int left, int right, int rowHeight, int top) {
      this.width = width;
      this.left = left;
      this.right = right;
      this.rowHeight = rowHeight;
      this.top = top;
    }
  }

  private ForestPlot(
      List<ReportData.Capability> rows,
      ChartScale scale,
      Layout layout,
      Function<ReportData.Capability, String> link) {
    this.rows = List.copyOf(rows);
    this.scale = scale;
    this.layout = layout;
    this.link = link;
  }

  /**
   * Returns the drawing as an svg element.
   *
   * @param rows from top to bottom
   * @param scale shared by the drawings that are to be compared
   * @param layout wide or narrow
   * @param id unique in the page; prefix of the ids inside
   * @param title the drawing's name
   * @param link gives the address that a row's label leads to, "" for none
   */
  public static String svg(
      List<ReportData.Capability> rows,
      ChartScale scale,
      Layout layout,
      String id,
      String title,
      Function<ReportData.Capability, String> link) {
    return new ForestPlot(rows, scale, layout, link).draw(id, title);
  }

  private String draw(String id, String title) {
    int bottom = layout.top + rows.size() * layout.rowHeight;
    int height = bottom + 44;
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        "pf pf-" + layout.name().toLowerCase(Locale.ROOT),
        "viewBox",
        "0 0 " + layout.width + " " + height,
        "role",
        "group",
        "aria-labelledby",
        id + "-t " + id + "-d",
        "font-size",
        "15");
    svg.element("title", title, "id", id + "-t");
    svg.element("desc", description(), "id", id + "-d");
    zones();
    grid(bottom);
    for (int i = 0; i < rows.size(); i++) {
      row(rows.get(i), layout.top + i * layout.rowHeight);
    }
    axis(bottom);
    return svg.close("svg").toString();
  }

  private String description() {
    StringBuilder text = new StringBuilder();
    for (ReportData.Capability row : rows) {
      text.append(row.sentence()).append(' ');
    }
    return text.toString().strip();
  }

  /** Shades, row by row, where a drop would be beyond the margin. */
  private void zones() {
    for (int i = 0; i < rows.size(); i++) {
      int y = layout.top + i * layout.rowHeight;
      double edge = x(-rows.get(i).margin());
      svg.empty(
          "rect",
          "class",
          "pf-zone",
          "x",
          number(layout.left),
          "y",
          number(y),
          "width",
          number(edge - layout.left),
          "height",
          number(layout.rowHeight),
          "fill",
          FAIL,
          "fill-opacity",
          "0.08");
      svg.empty(
          "line",
          "class",
          "pf-margin",
          "x1",
          number(edge),
          "x2",
          number(edge),
          "y1",
          number(y),
          "y2",
          number(y + layout.rowHeight),
          "stroke",
          FAIL,
          "stroke-dasharray",
          "3 3");
    }
    if (!rows.isEmpty()) {
      double edge = x(-rows.get(0).margin());
      boolean roomLeft = edge - layout.left > 140;
      label(
          roomLeft ? edge - 6 : layout.left,
          layout.top - 12,
          roomLeft ? "end" : "start",
          "pf-muted",
          13,
          "beyond the margin");
    }
  }

  private void grid(int bottom) {
    for (double tick : scale.ticks()) {
      boolean zero = Math.abs(tick) < 1e-9;
      String x = number(x(tick));
      svg.empty(
          "line",
          "class",
          zero ? "pf-zero" : "pf-grid",
          "x1",
          x,
          "x2",
          x,
          "y1",
          number(layout.top - (zero ? 6 : 0)),
          "y2",
          number(bottom),
          "stroke",
          zero ? "currentColor" : "#D5D3CC",
          "stroke-width",
          zero ? "1.5" : "1");
    }
  }

  private void axis(int bottom) {
    for (double tick : scale.ticks()) {
      String text = Points.signed(tick).replaceFirst("\\.0$", "");
      label(x(tick), bottom + 18, "middle", "pf-muted", 13, text);
    }
    label(layout.left, bottom + 38, "start", "pf-muted", 13, "← tuned worse");
    label((layout.left + layout.right) / 2.0, bottom + 38, "middle", "pf-muted", 13, "points");
    label(layout.right, bottom + 38, "end", "pf-muted", 13, "tuned better →");
  }

  private void row(ReportData.Capability row, int y) {
    svg.empty(
        "line",
        "class",
        "pf-grid",
        "x1",
        "0",
        "x2",
        number(layout.width),
        "y1",
        number(y),
        "y2",
        number(y),
        "stroke",
        "#D5D3CC");
    if (layout == Layout.WIDE) {
      wideTexts(row, y);
      whisker(row, y + 27);
    } else {
      narrowTexts(row, y);
      whisker(row, y + 62);
    }
  }

  private void wideTexts(ReportData.Capability row, int y) {
    Mark mark = Mark.of(row.verdict());
    name(row, 0, y + 23);
    label(0, y + 42, "start", "pf-muted", 13, counts(row));
    label(684, y + 23, "start", "pf-figures", 15, figures(row));
    label(
        layout.width, y + 23, "end", "pf-muted", 13, row.n() + (row.n() == 1 ? " item" : " items"));
    label(684, y + 42, "start", "pf-word pf-word-" + mark.tone(), 13, word(mark));
  }

  private void narrowTexts(ReportData.Capability row, int y) {
    Mark mark = Mark.of(row.verdict());
    name(row, 0, y + 20);
    label(0, y + 39, "start", "pf-word pf-word-" + mark.tone(), 13, word(mark));
    label(0, y + 93, "start", "pf-figures", 14, figures(row));
    label(
        layout.width, y + 93, "end", "pf-muted", 13, row.n() + (row.n() == 1 ? " item" : " items"));
  }

  private void name(ReportData.Capability row, int x, int y) {
    String href = link.apply(row);
    if (!href.isEmpty()) {
      svg.open("a", "href", href);
    }
    label(x, y, "start", "pf-label", 15, Texts.shortened(Texts.capability(row.capability()), 26));
    if (!href.isEmpty()) {
      svg.close("a");
    }
  }

  private static String word(Mark mark) {
    return mark.sign() + " " + mark.word();
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

  private void whisker(ReportData.Capability row, int y) {
    if (row.n() == 0) {
      return;
    }
    String tone = Mark.of(row.verdict()).tone();
    String colour = colour(tone);
    double low = x(row.ci().get(0));
    double high = x(row.ci().get(1));
    String path =
        "M"
            + number(low)
            + " "
            + y
            + "H"
            + number(high)
            + "M"
            + number(low)
            + " "
            + (y - 6)
            + "v12M"
            + number(high)
            + " "
            + (y - 6)
            + "v12";
    svg.empty(
        "path",
        "class",
        "pf-line-" + tone,
        "d",
        path,
        "stroke",
        colour,
        "stroke-width",
        "2.5",
        "fill",
        "none");
    marker(row.verdict(), x(row.delta()), y, tone, colour);
  }

  private void marker(Verdict verdict, double x, int y, String tone, String colour) {
    String shape =
        switch (verdict) {
          case CERTIFIED, INCONCLUSIVE -> circle(x, y);
          case IMPROVED -> polygon(x, y, -9, 8, 7, 8, -7);
          case FAILED, REGRESSED, CERTIFIED_WITH_REGRESSION -> polygon(x, y, 9, -8, 7, -8, -7);
          case UNINFORMATIVE -> diamond(x, y);
        };
    boolean hollow = Mark.of(verdict).isHollow();
    svg.empty(
        "path",
        "class",
        "pf-mark-" + tone + (hollow ? " pf-hollow" : ""),
        "d",
        shape,
        "stroke",
        colour,
        "stroke-width",
        "2",
        "fill",
        hollow ? "#FFFFFF" : colour);
  }

  private static String circle(double x, int y) {
    return "M" + number(x - 7) + " " + y + "a7 7 0 1 0 14 0a7 7 0 1 0 -14 0Z";
  }

  private static String polygon(
      double x, int y, int tip, int base, int right, int base2, int left) {
    return "M"
        + number(x)
        + " "
        + (y + tip)
        + "L"
        + number(x + right)
        + " "
        + (y + base)
        + "L"
        + number(x + left)
        + " "
        + (y + base2)
        + "Z";
  }

  private static String diamond(double x, int y) {
    return "M" + number(x) + " " + (y - 8) + "l8 8l-8 8l-8 -8Z";
  }

  private static String colour(String tone) {
    return switch (tone) {
      case "pass" -> PASS;
      case "warn" -> WARN;
      case "fail" -> FAIL;
      default -> OPEN;
    };
  }

  private void label(double x, int y, String anchor, String css, int size, String text) {
    svg.element(
        "text",
        text,
        "class",
        css,
        "x",
        number(x),
        "y",
        number(y),
        "text-anchor",
        anchor,
        "font-size",
        String.valueOf(size),
        "fill",
        "currentColor");
  }

  private double x(double value) {
    return scale.position(value, layout.left, layout.right);
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
