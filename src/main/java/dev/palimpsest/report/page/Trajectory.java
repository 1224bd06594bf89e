package dev.palimpsest.report.page;

import dev.palimpsest.audit.Points;
import dev.palimpsest.report.Xml;
import dev.palimpsest.report.chart.Scale;
import dev.palimpsest.report.model.History;
import java.util.List;
import java.util.Locale;

/**
 * Draws how one capability changed from the base in checkpoint after checkpoint: a mark and its
 * interval for each, oldest left, the zero line and the margin. Points are not joined, since one
 * checkpoint need not come of the one before. Styled by the classes {@code pf-…} of the page.
 */
public final class Trajectory {
  private static final int WIDTH = 360;
  private static final int HEIGHT = 150;
  private static final int LEFT = 40;
  private static final int RIGHT = 350;
  private static final int TOP = 12;
  private static final int BOTTOM = 136;
  private static final double MARK = 5;

  private final List<History.Figure> figures;
  private final Scale scale;
  private final Xml svg = new Xml();

  private Trajectory(List<History.Figure> figures, Scale scale) {
    this.figures = List.copyOf(figures);
    this.scale = scale;
  }

  /**
   * Returns the drawing as an svg element.
   *
   * @param figures of one capability, oldest first, at least one
   * @param scale shared by the drawings that are to be compared
   * @param id unique in the page; prefix of the ids inside
   * @param title the drawing's name
   */
  public static String svg(List<History.Figure> figures, Scale scale, String id, String title) {
    return new Trajectory(figures, scale).draw(id, title);
  }

  private String draw(String id, String title) {
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        "pf trajectory",
        "viewBox",
        "0 0 " + WIDTH + " " + HEIGHT,
        "role",
        "img",
        "aria-labelledby",
        id + "-t " + id + "-d",
        "font-size",
        "12");
    svg.element("title", title, "id", id + "-t");
    svg.element("desc", description(), "id", id + "-d");
    zone();
    ticks();
    versions();
    for (int i = 0; i < figures.size(); i++) {
      if (figures.get(i).n() > 0) {
        point(figures.get(i), x(i));
      }
    }
    return svg.close("svg").toString();
  }

  private String description() {
    History.Figure last = figures.get(figures.size() - 1);
    return figures.size()
        + (figures.size() == 1 ? " checkpoint" : " checkpoints, oldest left")
        + ". The newest changed by "
        + Points.signed(last.delta())
        + " points ("
        + Points.signed(last.low())
        + " to "
        + Points.signed(last.high())
        + "): "
        + last.verdict().word().toLowerCase(Locale.ROOT)
        + ". The table below has all figures.";
  }

  /** Shades where a drop is beyond the newest margin. */
  private void zone() {
    double edge = y(-figures.get(figures.size() - 1).margin());
    svg.empty(
        "rect",
        "class",
        "pf-zone",
        "x",
        number(LEFT),
        "y",
        number(edge),
        "width",
        number(RIGHT - LEFT),
        "height",
        number(BOTTOM - edge));
    line("pf-margin", LEFT, RIGHT, edge, edge, "stroke-dasharray", "3 3");
  }

  private void ticks() {
    for (double tick : scale.ticks()) {
      boolean zero = Math.abs(tick) < 1e-9;
      double y = y(tick);
      line(zero ? "pf-zero" : "pf-grid", LEFT, RIGHT, y, y, "stroke-width", zero ? "1.5" : "1");
      svg.element(
          "text",
          Points.signed(tick).replaceFirst("\\.0$", ""),
          "class",
          "pf-muted",
          "x",
          number(LEFT - 6),
          "y",
          number(y + 4),
          "text-anchor",
          "end");
    }
  }

  /** A dotted line where the suite became another version: what is left of it asked other items. */
  private void versions() {
    for (int i = 1; i < figures.size(); i++) {
      if (!figures.get(i).digest().equals(figures.get(i - 1).digest())) {
        double x = (x(i - 1) + x(i)) / 2;
        line("pf-zero", x, x, TOP, BOTTOM, "stroke-dasharray", "1 3");
      }
    }
  }

  private void point(History.Figure figure, double x) {
    Mark mark = Mark.of(figure.verdict());
    line("pf-line-" + mark.tone(), x, x, y(figure.low()), y(figure.high()), "stroke-width", "2");
    svg.empty(
        "path",
        "class",
        "pf-mark-" + mark.tone() + (mark.isHollow() ? " pf-hollow" : ""),
        "stroke-width",
        "1.5",
        "d",
        shape(mark.sign(), x, y(figure.delta())));
  }

  /** Marks of the same shapes as the forest plot's. */
  private static String shape(String sign, double x, double y) {
    String at = "M" + number(x);
    return switch (sign) {
      case "▲" -> at + " " + number(y - MARK - 1) + "l5 9h-10Z";
      case "▼", "▽" -> at + " " + number(y + MARK + 1) + "l5 -9h-10Z";
      case "◇" -> at + " " + number(y - MARK - 1) + "l6 6l-6 6l-6 -6Z";
      default -> "M" + number(x - MARK) + " " + number(y) + "a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z";
    };
  }

  private void line(
      String css, double x1, double x2, double y1, double y2, String attribute, String value) {
    svg.empty(
        "line",
        "class",
        css,
        "x1",
        number(x1),
        "x2",
        number(x2),
        "y1",
        number(y1),
        "y2",
        number(y2),
        attribute,
        value);
  }

  private double x(int i) {
    return LEFT + (RIGHT - LEFT) * (i + 0.5) / figures.size();
  }

  private double y(double value) {
    return scale.position(value, BOTTOM, TOP);
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
