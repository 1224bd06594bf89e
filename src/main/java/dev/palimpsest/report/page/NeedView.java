package dev.palimpsest.report.page;

import dev.palimpsest.audit.Points;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.chart.Look;
import dev.palimpsest.report.model.ReportData;
import java.util.List;

/**
 * Whether tuning was needed, the same in every layout and without anything that deceives the eye.
 *
 * @param ways how the base was asked beside the plain way
 * @param rows one per suite of one's own and tuned arm
 * @param picture the differences as a drawing; null where nothing was compared yet
 * @param reading how tuned arms follow passages that give other answers
 */
public record NeedView(List<Way> ways, List<Row> rows, Picture picture, List<Reading> reading) {
  /** A way to ask, and what was given. */
  public record Way(String name, String said) {}

  /**
   * One tuned arm on one suite.
   *
   * @param best the way with the largest share, "–" without items
   * @param difference from it to the tune, in points
   * @param interval of the difference
   */
  public record Row(
      String suite,
      String tuned,
      int n,
      String score,
      List<Cell> cells,
      String best,
      String difference,
      String interval,
      Look look,
      String sentence) {}

  /** What one way to ask has right. */
  public record Cell(String name, String score, boolean best) {}

  /** How one tuned arm follows its context on one suite. */
  public record Reading(
      String suite,
      String tuned,
      int n,
      String base,
      String score,
      String difference,
      String interval,
      Look look,
      String sentence) {}

  /** Returns the view of a report, empty where no other way to ask was tried. */
  public static NeedView of(ReportData data) {
    ReportData.Decision decision = data.decision();
    if (decision == null) {
      return new NeedView(List.of(), List.of(), null, List.of());
    }
    List<ReportData.NeedRow> compared =
        decision.rows().stream().filter(row -> row.n() > 0).toList();
    return new NeedView(
        decision.arms().stream()
            .map(one -> new Way(SafeText.visible(one.name()), SafeText.visible(one.said())))
            .toList(),
        decision.rows().stream().map(NeedView::row).toList(),
        compared.isEmpty() ? null : NeedPlot.of(compared),
        decision.context().stream().map(NeedView::reading).toList());
  }

  /** Tells whether there is nothing to show. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Returns the ways that the table has a column for, the plain one first. */
  public List<String> columns() {
    return rows.stream().flatMap(row -> row.cells().stream()).map(Cell::name).distinct().toList();
  }

  private static Row row(ReportData.NeedRow row) {
    boolean none = row.best() == null;
    return new Row(
        Texts.capability(row.capability()),
        SafeText.visible(row.tuned()),
        row.n(),
        none ? "–" : Points.percent(row.tunedScore()),
        row.arms().stream()
            .map(
                arm ->
                    new Cell(name(arm), Points.percent(arm.score()), arm.name().equals(row.best())))
            .toList(),
        none ? "–" : SafeText.visible(row.best()),
        none ? "–" : Points.signed(row.difference()),
        none ? "" : interval(row.ci()),
        look(row.word()),
        SafeText.visible(row.sentence()));
  }

  private static Reading reading(ReportData.ContextRow row) {
    boolean none = row.difference() == null;
    return new Reading(
        Texts.capability(row.capability()),
        SafeText.visible(row.tuned()),
        row.n(),
        none ? "–" : Points.percent(row.base()),
        none ? "–" : Points.percent(row.tunedScore()),
        none ? "–" : Points.signed(row.difference()),
        none ? "" : interval(row.ci()),
        look(row.word()),
        SafeText.visible(row.sentence()));
  }

  private static String interval(List<Double> ends) {
    return Points.signed(ends.get(0)) + " to " + Points.signed(ends.get(1));
  }

  /** Returns what a way to ask is called; the plain one by what it is. */
  static String name(ReportData.Rival arm) {
    return arm.way().equals("plain") ? "the plain base" : SafeText.visible(arm.name());
  }

  /** Returns how a word looks, wherever it is shown. */
  static Look look(String word) {
    String heading = Character.toUpperCase(word.charAt(0)) + word.substring(1);
    return switch (word) {
      case "the tune earns its place" -> new Look(Look.Shape.UP, false, "pass", "▲", heading);
      case "follows its context" -> new Look(Look.Shape.CIRCLE, false, "pass", "●", heading);
      case "a prompt was enough", "retrieve it" ->
          new Look(Look.Shape.DIAMOND, false, "warn", "◆", heading);
      case "follows its context less" -> new Look(Look.Shape.DOWN, false, "warn", "▼", heading);
      default -> new Look(Look.Shape.CIRCLE, true, "open", "○", heading);
    };
  }
}
