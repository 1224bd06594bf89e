package dev.palimpsest.report.chart;

import dev.palimpsest.audit.Points;
import dev.palimpsest.report.Xml;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes one drawing, shape by shape; what is written later lies on top. */
public final class Svg {
  static final String GRID = "#D5D3CC";
  static final String ZONE = "#D55E00";

  private final Xml xml = new Xml();

  private Svg() {}

  /**
   * Begins a drawing.
   *
   * @param id unique in the page; prefix of the ids inside
   * @param title its name
   * @param description what it shows, in sentences, for who does not see it
   * @param links whether something in it can be followed; otherwise it counts as one picture
   */
  public static Svg begin(
      Size size, double height, String id, String title, String description, boolean links) {
    Svg svg = new Svg();
    svg.xml.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        "pf pf-" + size.word(),
        "viewBox",
        "0 0 " + size.width() + " " + number(height),
        "role",
        links ? "group" : "img",
        "aria-labelledby",
        id + "-t " + id + "-d",
        "font-size",
        "15");
    svg.xml.element("title", title, "id", id + "-t");
    svg.xml.element("desc", description, "id", id + "-d");
    return svg;
  }

  /** Ends the drawing and returns it. */
  public String end() {
    return xml.close("svg").toString();
  }

  /** Draws a line in a class of its own and a colour for where no style sheet is. */
  public Svg line(String css, double x1, double y1, double x2, double y2, String... more) {
    return empty(
        "line",
        List.of(
            "class", css, "x1", number(x1), "y1", number(y1), "x2", number(x2), "y2", number(y2)),
        more);
  }

  /** Draws a rectangle. */
  public Svg rect(String css, double x, double y, double width, double height, String... more) {
    return empty(
        "rect",
        List.of(
            "class",
            css,
            "x",
            number(x),
            "y",
            number(y),
            "width",
            number(Math.max(0, width)),
            "height",
            number(height)),
        more);
  }

  /** Draws a path. */
  public Svg path(String css, String d, String... more) {
    return empty("path", List.of("class", css, "d", d), more);
  }

  private Svg empty(String tag, List<String> first, String... more) {
    List<String> attributes = new ArrayList<>(first);
    attributes.addAll(List.of(more));
    xml.empty(tag, attributes.toArray(String[]::new));
    return this;
  }

  /** Shades where a change is beyond the margin. */
  public Svg zone(double x, double y, double width, double height) {
    return rect("pf-zone", x, y, width, height, "fill", ZONE, "fill-opacity", "0.08");
  }

  /** Draws the margin itself. */
  public Svg margin(double x1, double y1, double x2, double y2) {
    return line("pf-margin", x1, y1, x2, y2, "stroke", ZONE, "stroke-dasharray", "3 3");
  }

  /** Draws a line of the grid. */
  public Svg grid(double x1, double y1, double x2, double y2) {
    return line("pf-grid", x1, y1, x2, y2, "stroke", GRID);
  }

  /** Draws the line of no change. */
  public Svg zero(double x1, double y1, double x2, double y2) {
    return line("pf-zero", x1, y1, x2, y2, "stroke", "currentColor", "stroke-width", "1.5");
  }

  /** Writes a text in the page's font and colour. */
  public Svg text(String css, double x, double y, String anchor, int size, String text) {
    xml.element(
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
    return this;
  }

  /** Begins what leads to an address; "" leads nowhere. */
  public Svg link(String href) {
    if (!href.isEmpty()) {
      xml.open("a", "href", href);
    }
    return this;
  }

  /** Ends what led to an address. */
  public Svg endLink(String href) {
    if (!href.isEmpty()) {
      xml.close("a");
    }
    return this;
  }

  /** Draws a horizontal interval with its ends. */
  public Svg across(Look look, double low, double high, double y) {
    return interval(
        look, "M" + number(low) + " " + number(y) + "H" + number(high) + ends(low, high, y));
  }

  private static String ends(double low, double high, double y) {
    String top = number(y - 6) + "v12";
    return "M" + number(low) + " " + top + "M" + number(high) + " " + top;
  }

  /** Draws a vertical interval with its ends. */
  public Svg upright(Look look, double x, double low, double high) {
    String left = "M" + number(x - 5) + " ";
    return interval(
        look,
        "M"
            + number(x)
            + " "
            + number(low)
            + "V"
            + number(high)
            + left
            + number(low)
            + "h10"
            + left
            + number(high)
            + "h10");
  }

  private Svg interval(Look look, String d) {
    return path(
        "pf-line-" + look.tone(),
        d,
        "stroke",
        look.colour(),
        "stroke-width",
        "2.5",
        "fill",
        "none");
  }

  /** Draws a verdict's marker. */
  public Svg marker(Look look, double x, double y) {
    return marker(look, x, y, 7.5);
  }

  /** Draws a smaller marker, for where many stand close together. */
  Svg smallMarker(Look look, double x, double y) {
    return marker(look, x, y, 4.5);
  }

  private Svg marker(Look look, double x, double y, double half) {
    return path(
        "pf-mark-" + look.tone() + (look.hollow() ? " pf-hollow" : ""),
        look.shape().path(x, y, half),
        "stroke",
        look.colour(),
        "stroke-width",
        "2",
        "fill",
        look.hollow() ? "#FFFFFF" : look.colour());
  }

  /** Returns a tick's label in points, without needless decimals. */
  public static String tick(double share) {
    return Points.signed(share).replaceFirst("\\.0$", "");
  }

  /** Returns a coordinate, the same in every locale. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** Returns a text cut to the characters that fit a width, with an ellipsis in the last place. */
  static String fitting(String text, double width, int size) {
    int most = (int) Math.max(2, width / (0.53 * size));
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, most - 1)).stripTrailing() + "…";
  }
}
