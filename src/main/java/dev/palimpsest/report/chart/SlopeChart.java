package dev.palimpsest.report.chart;

import dev.palimpsest.audit.Points;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Scores of the base and of a tuned checkpoint, a line for each capability between them. */
public final class SlopeChart {
  private static final double BETWEEN = 20;
  private static final double TOP = 44;

  private final List<Line> lines;
  private final Size size;
  private final double left;
  private final double right;
  private final double bottom;
  private final Scale scale;

  /**
   * A capability.
   *
   * @param base the base's score, a share
   * @param tuned the tuned checkpoint's
   */
  public record Line(String name, double base, double tuned, Look look) {}

  private SlopeChart(List<Line> lines, Size size) {
    this.lines = lines;
    this.size = size;
    this.left = size == Size.WIDE ? 300 : 54;
    this.right = size == Size.WIDE ? 620 : 156;
    this.bottom = TOP + Math.max(220, lines.size() * 30);
    this.scale =
        Scale.holding(lines.stream().flatMapToDouble(l -> DoubleStream.of(l.base(), l.tuned())));
  }

  /** Returns the drawing; see {@link Svg#begin} for the texts. */
  public static String svg(
      List<Line> lines, Size size, String id, String title, String description) {
    return new SlopeChart(List.copyOf(lines), size).draw(id, title, description);
  }

  private String draw(String id, String title, String description) {
    Svg svg = Svg.begin(size, bottom + 26, id, title, description, false);
    svg.text("pf-muted", left, 20, size == Size.WIDE ? "end" : "middle", 13, "base");
    svg.text("pf-muted", right, 20, "start", 13, "tuned");
    svg.grid(left, TOP - 12, left, bottom + 12).grid(right, TOP - 12, right, bottom + 12);
    double[] from = apart(lines.stream().mapToDouble(line -> y(line.base())).toArray());
    double[] to = apart(lines.stream().mapToDouble(line -> y(line.tuned())).toArray());
    // What got worse is drawn last and so lies on top.
    for (int i = lines.size() - 1; i >= 0; i--) {
      line(svg, lines.get(i), from[i], to[i]);
    }
    return svg.end();
  }

  private void line(Svg svg, Line line, double labelLeft, double labelRight) {
    Look look = line.look();
    svg.line(
        "pf-line-" + look.tone(),
        left,
        y(line.base()),
        right,
        y(line.tuned()),
        "stroke",
        look.colour(),
        "stroke-width",
        look.tone().equals("fail") ? "3" : "2");
    svg.marker(look, right, y(line.tuned()));
    String base = Points.of(line.base()) + "%";
    String tuned = Points.of(line.tuned()) + "% ";
    if (size == Size.WIDE) {
      svg.text("pf-figures", left - 14, labelLeft + 5, "end", 15, line.name() + " " + base);
      svg.text("pf-figures", right + 18, labelRight + 5, "start", 15, tuned + line.name());
      svg.text("pf-word pf-word-" + look.tone(), 1000, labelRight + 5, "end", 13, look.text());
    } else {
      svg.text("pf-figures", left - 6, labelLeft + 5, "end", 13, base);
      String name = Svg.fitting(line.name(), 128, 13);
      svg.text(
          "pf-figures", right + 14, labelRight + 5, "start", 13, tuned + look.sign() + " " + name);
    }
  }

  /** Moves labels that lie on each other apart, as little as it takes, in the order they have. */
  private double[] apart(double[] wanted) {
    List<Integer> order =
        IntStream.range(0, wanted.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> wanted[i]))
            .toList();
    double[] placed = wanted.clone();
    double least = Double.NEGATIVE_INFINITY;
    for (int i : order) {
      placed[i] = Math.max(placed[i], least);
      least = placed[i] + BETWEEN;
    }
    double most = bottom + 8;
    for (int at = order.size() - 1; at >= 0; at--) {
      int i = order.get(at);
      placed[i] = Math.min(placed[i], most);
      most = placed[i] - BETWEEN;
    }
    return placed;
  }

  private double y(double share) {
    return scale.position(share, bottom, TOP);
  }
}
