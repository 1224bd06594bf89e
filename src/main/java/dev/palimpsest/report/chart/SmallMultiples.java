package dev.palimpsest.report.chart;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One small panel for each checkpoint, all on one scale: the same capabilities in the same order.
 */
public final class SmallMultiples {
  private static final double ROW = 24;
  private static final double HEAD = 34;

  private final List<Panel> panels;
  private final Size size;
  private final Scale scale;
  private final Panels grid;

  /**
   * A checkpoint.
   *
   * @param look of its verdict over all capabilities
   */
  public record Panel(String name, Look look, List<Row> rows) {}

  /**
   * A capability.
   *
   * @param margin the largest drop that is accepted
   */
  public record Row(String name, Value value, double margin) {}

  private SmallMultiples(List<Panel> panels, Size size) {
    this.panels = panels;
    this.size = size;
    this.scale =
        Scale.holding(
            panels.stream().flatMap(p -> p.rows().stream()).flatMapToDouble(SmallMultiples::held));
    int rows = panels.stream().mapToInt(panel -> panel.rows().size()).max().orElse(0);
    this.grid = Panels.of(size, HEAD + rows * ROW + 44);
  }

  private static DoubleStream held(Row row) {
    return DoubleStream.concat(DoubleStream.of(0, -1.2 * row.margin()), row.value().ends());
  }

  /** Returns the drawing; see {@link Svg#begin} for the texts. */
  public static String svg(
      List<Panel> panels, Size size, String id, String title, String description) {
    return new SmallMultiples(List.copyOf(panels), size).draw(id, title, description);
  }

  private String draw(String id, String title, String description) {
    Svg svg = Svg.begin(size, grid.total(panels.size()), id, title, description, false);
    for (int i = 0; i < panels.size(); i++) {
      panel(svg, panels.get(i), grid.x(i), grid.y(i));
    }
    return svg.end();
  }

  private void panel(Svg svg, Panel panel, double x, double y) {
    double left = x + 150;
    double right = x + grid.width() - 6;
    double top = y + HEAD;
    double bottom = top + panel.rows().size() * ROW;
    String title = panel.look().sign() + " " + panel.name();
    svg.text("pf-label", x, y + 18, "start", 15, Svg.fitting(title, grid.width() - 10, 15));
    for (int i = 0; i < panel.rows().size(); i++) {
      Row row = panel.rows().get(i);
      double edge = scale.position(-row.margin(), left, right);
      svg.zone(left, top + i * ROW, edge - left, ROW);
      svg.margin(edge, top + i * ROW, edge, top + (i + 1) * ROW);
    }
    double zero = scale.position(0, left, right);
    svg.zero(zero, top - 4, zero, bottom + 4);
    for (double end : new double[] {scale.low(), 0, scale.high()}) {
      String anchor = end == scale.low() ? "start" : end == scale.high() ? "end" : "middle";
      svg.text(
          "pf-muted", scale.position(end, left, right), bottom + 18, anchor, 13, Svg.tick(end));
    }
    for (int i = 0; i < panel.rows().size(); i++) {
      row(svg, panel.rows().get(i), x, left, right, top + i * ROW + ROW / 2);
    }
  }

  private void row(Svg svg, Row row, double x, double left, double right, double y) {
    svg.text("pf-muted", x, y + 4, "start", 13, Svg.fitting(row.name(), 150, 13));
    Value value = row.value();
    if (value.isMeasured()) {
      svg.across(
          value.look(),
          scale.position(value.low(), left, right),
          scale.position(value.high(), left, right),
          y);
      svg.smallMarker(value.look(), scale.position(value.change(), left, right), y);
    }
  }
}
