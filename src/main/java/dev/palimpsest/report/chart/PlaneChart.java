package dev.palimpsest.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Learning against forgetting: to the right what was gained, downwards what was lost, the base
 * where both lines of no change cross.
 */
public final class PlaneChart {
  private final Plane plane;
  private final Size size;
  private final Scale across;
  private final Scale up;
  private final double left;
  private final double right;
  private final double top = 34;
  private final double bottom;

  /**
   * A checkpoint.
   *
   * @param gain on the skill
   * @param rest the worst change elsewhere
   */
  public record Spot(String name, Value gain, Value rest, Look look) {}

  /**
   * What is drawn.
   *
   * @param skill what was to be learned
   * @param margin the smallest drop elsewhere that is not accepted
   * @param spots the checkpoints
   * @param curves checkpoints that are scales of one adapter, in order of the scale, each a line
   *     from the base
   */
  public record Plane(String skill, double margin, List<Spot> spots, List<List<Spot>> curves) {}

  private PlaneChart(Plane plane, Size size) {
    this.plane = plane;
    this.size = size;
    this.left = size == Size.WIDE ? 74 : 44;
    this.right = size.width() - 14;
    this.bottom = size == Size.WIDE ? 400 : 320;
    this.across =
        Scale.holding(
            DoubleStream.concat(
                DoubleStream.of(0, 0.02),
                plane.spots().stream().flatMapToDouble(spot -> spot.gain().ends())));
    this.up =
        Scale.holding(
            DoubleStream.concat(
                DoubleStream.of(0.01, -1.4 * plane.margin()),
                plane.spots().stream().flatMapToDouble(spot -> spot.rest().ends())));
  }

  /** Returns the drawing; see {@link Svg#begin} for the texts. */
  public static String svg(Plane plane, Size size, String id, String title, String description) {
    return new PlaneChart(plane, size).draw(id, title, description);
  }

  private String draw(String id, String title, String description) {
    Svg svg = Svg.begin(size, bottom + 54, id, title, description, false);
    ground(svg);
    hull(svg);
    curves(svg);
    for (Spot spot : plane.spots()) {
      svg.across(spot.look(), x(spot.gain().low()), x(spot.gain().high()), y(spot.rest().change()));
      svg.upright(
          spot.look(), x(spot.gain().change()), y(spot.rest().low()), y(spot.rest().high()));
    }
    names(svg);
    return svg.end();
  }

  private void ground(Svg svg) {
    double edge = y(-plane.margin());
    svg.zone(left, edge, right - left, bottom - edge);
    for (double tick : across.ticks()) {
      svg.grid(x(tick), top, x(tick), bottom);
      svg.text("pf-muted", x(tick), bottom + 20, "middle", 13, Svg.tick(tick));
    }
    for (double tick : up.ticks()) {
      svg.grid(left, y(tick), right, y(tick));
      svg.text("pf-muted", left - 8, y(tick) + 4, "end", 13, Svg.tick(tick));
    }
    svg.margin(left, edge, right, edge);
    svg.zero(left, y(0), right, y(0)).zero(x(0), top, x(0), bottom);
    svg.text("pf-muted", 0, 16, "start", 13, "↑ worst change elsewhere, points");
    svg.text(
        "pf-muted",
        right,
        bottom + 42,
        "end",
        13,
        Svg.fitting("gain on " + plane.skill(), right - left - 90, 13) + ", points →");
    if (bottom - edge > 24) {
      svg.text("pf-muted", right - 6, bottom - 8, "end", 13, "lost more than the margin");
    }
  }

  private void hull(Svg svg) {
    List<Hull.Spot> spots = new ArrayList<>(List.of(new Hull.Spot(0, 0)));
    plane.spots().forEach(spot -> spots.add(at(spot)));
    List<Hull.Spot> corners = Hull.upperRight(spots);
    if (corners.size() > 1) {
      svg.path(
          "pf-hull",
          through(corners),
          "stroke",
          "currentColor",
          "stroke-width",
          "1.5",
          "stroke-dasharray",
          "6 5",
          "fill",
          "none");
    }
  }

  private void curves(Svg svg) {
    for (List<Spot> curve : plane.curves()) {
      List<Hull.Spot> way = new ArrayList<>(List.of(new Hull.Spot(0, 0)));
      curve.forEach(spot -> way.add(at(spot)));
      svg.path(
          "pf-curve", through(way), "stroke", "currentColor", "stroke-width", "2", "fill", "none");
    }
  }

  private String through(List<Hull.Spot> spots) {
    StringBuilder d = new StringBuilder();
    for (Hull.Spot spot : spots) {
      d.append(d.length() == 0 ? 'M' : 'L');
      d.append(Svg.number(x(spot.x()))).append(' ').append(Svg.number(y(spot.y())));
    }
    return d.toString();
  }

  private void names(Svg svg) {
    Labels labels = new Labels(left, top - 6, right, bottom);
    labels.avoid(x(0), y(0));
    plane.spots().forEach(spot -> labels.avoid(x(spot.gain().change()), y(spot.rest().change())));
    double roomForNames = size == Size.WIDE ? 260 : 150;
    svg.marker(new Look(Look.Shape.DIAMOND, true, "open", "◇", "Base"), x(0), y(0));
    for (Spot spot : plane.spots()) {
      svg.marker(spot.look(), x(spot.gain().change()), y(spot.rest().change()));
    }
    name(svg, labels, x(0), y(0), "base", "pf-muted");
    for (Spot spot : plane.spots()) {
      String shown = Svg.fitting(spot.look().sign() + " " + spot.name(), roomForNames, 15);
      name(
          svg, labels, x(spot.gain().change()), y(spot.rest().change()), shown, "pf-label pf-halo");
    }
  }

  private static void name(Svg svg, Labels labels, double x, double y, String name, String css) {
    Labels.Place place = labels.place(x, y, name);
    svg.text(css, place.x(), place.y(), place.anchor(), 15, name);
  }

  private static Hull.Spot at(Spot spot) {
    return new Hull.Spot(spot.gain().change(), spot.rest().change());
  }

  private double x(double value) {
    return across.position(value, left, right);
  }

  private double y(double value) {
    return up.position(value, bottom, top);
  }
}
