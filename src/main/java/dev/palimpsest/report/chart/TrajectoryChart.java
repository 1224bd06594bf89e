package dev.palimpsest.report.chart;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How each capability moved over the checkpoints of one run: a panel for each, all on one scale,
 * from the base on the left. Straight lines only: nothing was measured between checkpoints.
 */
public final class TrajectoryChart {
  private static final double HEAD = 34;
  private static final double PLOT = 150;

  private final List<Panel> panels;
  private final String unit;
  private final Size size;
  private final Scale scale;
  private final Panels grid;

  /**
   * A capability.
   *
   * @param margin the largest drop that is accepted
   * @param stops in order of the step
   */
  public record Panel(String name, double margin, List<Stop> stops) {}

  /** A checkpoint of the run: how far it was trained, and the change from the base. */
  public record Stop(double step, String label, Value value) {}

  private TrajectoryChart(List<Panel> panels, String unit, Size size) {
    this.panels = panels;
    this.unit = unit;
    this.size = size;
    this.scale = Scale.holding(panels.stream().flatMapToDouble(TrajectoryChart::held));
    this.grid = Panels.of(size, HEAD + PLOT + 52);
  }

  private static DoubleStream held(Panel panel) {
    return DoubleStream.concat(
        DoubleStream.of(0.01, -1.2 * panel.margin()),
        panel.stops().stream().flatMapToDouble(stop -> stop.value().ends()));
  }

  /**
   * Returns the drawing; see {@link Svg#begin} for the texts.
   *
   * @param unit what is counted along the run, "step"
   */
  public static String svg(
      List<Panel> panels, String unit, Size size, String id, String title, String description) {
    return new TrajectoryChart(List.copyOf(panels), unit, size).draw(id, title, description);
  }

  private String draw(String id, String title, String description) {
    Svg svg = Svg.begin(size, grid.total(panels.size()), id, title, description, false);
    for (int i = 0; i < panels.size(); i++) {
      panel(svg, panels.get(i), grid.x(i), grid.y(i));
    }
    return svg.end();
  }

  private void panel(Svg svg, Panel panel, double x, double y) {
    double left = x + 40;
    double right = x + grid.width() - 16;
    double top = y + HEAD;
    double bottom = top + PLOT;
    svg.text("pf-label", x, y + 18, "start", 15, Svg.fitting(panel.name(), grid.width() - 10, 15));
    double edge = scale.position(-panel.margin(), bottom, top);
    svg.zone(left, edge, right - left, bottom - edge);
    for (double tick : List.of(scale.low(), scale.high())) {
      svg.text(
          "pf-muted", left - 8, scale.position(tick, bottom, top) + 4, "end", 13, Svg.tick(tick));
      svg.grid(left, scale.position(tick, bottom, top), right, scale.position(tick, bottom, top));
    }
    double zero = scale.position(0, bottom, top);
    svg.text("pf-muted", left - 8, zero + 4, "end", 13, "0");
    svg.margin(left, edge, right, edge).zero(left, zero, right, zero);
    stops(svg, panel, left, right, top, bottom);
  }

  private void stops(Svg svg, Panel panel, double left, double right, double top, double bottom) {
    double last = panel.stops().get(panel.stops().size() - 1).step();
    StringBuilder way =
        new StringBuilder(
            "M" + Svg.number(left) + " " + Svg.number(scale.position(0, bottom, top)));
    for (Stop stop : panel.stops()) {
      if (stop.value().isMeasured()) {
        way.append('L').append(Svg.number(along(stop, last, left, right))).append(' ');
        way.append(Svg.number(scale.position(stop.value().change(), bottom, top)));
      }
    }
    svg.path(
        "pf-curve", way.toString(), "stroke", "currentColor", "stroke-width", "2", "fill", "none");
    svg.text("pf-muted", left, bottom + 18, "middle", 13, "base");
    double free = left + 30;
    for (Stop stop : panel.stops()) {
      double x = along(stop, last, left, right);
      if (x - 4.0 * stop.label().length() > free || stop.step() == last) {
        svg.text(
            "pf-muted", x, bottom + 18, stop.step() == last ? "end" : "middle", 13, stop.label());
        free = x + 4.0 * stop.label().length() + 8;
      }
      stop(svg, stop.value(), x, top, bottom);
    }
    svg.text("pf-muted", right, bottom + 36, "end", 13, unit + " →");
  }

  private void stop(Svg svg, Value value, double x, double top, double bottom) {
    if (value.isMeasured()) {
      svg.upright(
          value.look(),
          x,
          scale.position(value.low(), bottom, top),
          scale.position(value.high(), bottom, top));
      svg.smallMarker(value.look(), x, scale.position(value.change(), bottom, top));
    }
  }

  private static double along(Stop stop, double last, double left, double right) {
    return left + stop.step() / last * (right - left);
  }
}
