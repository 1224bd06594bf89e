package dev.palimpsest.report.page;

import dev.palimpsest.audit.Points;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.chart.Look;
import dev.palimpsest.report.chart.Scale;
import dev.palimpsest.report.chart.Size;
import dev.palimpsest.report.chart.Svg;
import dev.palimpsest.report.model.ReportData;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Draws how much better each tune is than every way to ask its base, with the line of no difference
 * and the margin beside it.
 *
 * <p>A tune earns its place where all of its whiskers lie right of the line; a way was enough where
 * its whisker lies left of the margin.
 */
final class NeedPlot {
  private final List<ReportData.NeedRow> rows;
  private final Scale scale;
  private final Layout layout;

  private enum Layout {
    WIDE(Size.WIDE, 1000, 330, 700, 44, 34),
    NARROW(Size.NARROW, 360, 18, 342, 50, 62);

    private final Size size;
    private final int width;
    private final int left;
    private final int right;
    private final int heading;
    private final int row;

    Layout(Size size, int width, int left, int right, int heading, int row) {
      this.size = size;
      this.width = width;
      this.left = left;
      this.right = right;
      this.heading = heading;
      this.row = row;
    }
  }

  private NeedPlot(List<ReportData.NeedRow> rows, Layout layout) {
    this.rows = rows;
    this.layout = layout;
    this.scale = Scale.holding(rows.stream().flatMapToDouble(NeedPlot::held));
  }

  private static DoubleStream held(ReportData.NeedRow row) {
    return DoubleStream.concat(
        DoubleStream.of(-row.margin(), 1.4 * row.margin()),
        row.arms().stream().flatMap(arm -> arm.ci().stream()).mapToDouble(Double::doubleValue));
  }

  /** Returns the drawing in both sizes. */
  static Picture of(List<ReportData.NeedRow> rows) {
    return Picture.of(
        size ->
            new NeedPlot(rows, size == Size.WIDE ? Layout.WIDE : Layout.NARROW)
                .draw("need-" + size.word()));
  }

  private String draw(String id) {
    int bottom = rows.stream().mapToInt(this::height).sum() + 8;
    String description =
        rows.stream().map(ReportData.NeedRow::sentence).collect(Collectors.joining(" "));
    Svg svg =
        Svg.begin(
            layout.size,
            bottom + 44,
            id,
            "Tuned against every way to ask the base",
            SafeText.visible(description),
            false);
    int top = 0;
    for (ReportData.NeedRow row : rows) {
      ground(svg, row, top);
      content(svg, row, top);
      top += height(row);
    }
    axis(svg, bottom);
    return svg.end();
  }

  private int height(ReportData.NeedRow row) {
    return layout.heading + row.arms().size() * layout.row;
  }

  private void ground(Svg svg, ReportData.NeedRow row, int top) {
    int from = top + layout.heading - 10;
    int to = top + height(row);
    for (double tick : scale.ticks()) {
      if (Math.abs(tick) < 1e-9) {
        svg.zero(x(tick), from, x(tick), to);
      } else {
        svg.grid(x(tick), from, x(tick), to);
      }
    }
    svg.margin(x(row.margin()), from, x(row.margin()), to);
  }

  private void content(Svg svg, ReportData.NeedRow row, int top) {
    svg.grid(0, top, layout.width, top);
    Look look = NeedView.look(row.word());
    String name =
        Texts.capability(row.capability())
            + ", "
            + Texts.shortened(SafeText.visible(row.tuned()), 24);
    if (layout == Layout.WIDE) {
      svg.text("pf-label", 0, top + 24, "start", 15, Texts.shortened(name, 46));
      svg.text("pf-word pf-word-" + look.tone(), layout.width, top + 24, "end", 14, look.text());
    } else {
      svg.text("pf-label", 0, top + 20, "start", 15, Texts.shortened(name, 40));
      svg.text("pf-word pf-word-" + look.tone(), 0, top + 38, "start", 13, look.text());
    }
    for (int i = 0; i < row.arms().size(); i++) {
      arm(svg, row.arms().get(i), look, top + layout.heading + i * layout.row);
    }
  }

  private void arm(Svg svg, ReportData.Rival arm, Look look, int top) {
    String name = "against " + Texts.shortened(NeedView.name(arm), 34);
    int y = layout == Layout.WIDE ? top + 14 : top + 36;
    if (layout == Layout.WIDE) {
      svg.text("pf-muted", 14, y + 5, "start", 14, name);
      svg.text("pf-figures", layout.right + 24, y + 5, "start", 14, figures(arm));
    } else {
      svg.text("pf-muted", 0, top + 14, "start", 13, name);
      svg.text("pf-figures", layout.width, top + 14, "end", 13, Points.signed(arm.difference()));
    }
    svg.across(look, x(arm.ci().get(0)), x(arm.ci().get(1)), y);
    svg.marker(look, x(arm.difference()), y);
  }

  private static String figures(ReportData.Rival arm) {
    return Points.signed(arm.difference())
        + " ("
        + Points.signed(arm.ci().get(0))
        + " to "
        + Points.signed(arm.ci().get(1))
        + ")";
  }

  private void axis(Svg svg, int bottom) {
    for (double tick : scale.ticks()) {
      svg.text("pf-muted", x(tick), bottom + 16, "middle", 13, Svg.tick(tick));
    }
    svg.text("pf-muted", layout.left, bottom + 36, "start", 13, "← base better");
    svg.text("pf-muted", layout.right, bottom + 36, "end", 13, "tuned better →");
  }

  private double x(double value) {
    return scale.position(value, layout.left, layout.right);
  }
}
