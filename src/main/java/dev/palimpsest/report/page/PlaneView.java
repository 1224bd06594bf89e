package dev.palimpsest.report.page;

import dev.palimpsest.audit.CapabilityName;
import dev.palimpsest.audit.verdict.Verdict;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.chart.Hull;
import dev.palimpsest.report.chart.PlaneChart;
import dev.palimpsest.report.chart.Value;
import dev.palimpsest.report.model.ReportData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was learned against what was lost: of each checkpoint the gain on the skill that the tune
 * was made for, and the worst change of everything else.
 *
 * @param skill what was to be learned; "" where no suite asks for it, and there is no picture
 * @param picture the plane
 * @param rows the same in figures
 */
public record PlaneView(String skill, Picture picture, List<Row> rows) {
  /**
   * A checkpoint in figures.
   *
   * @param gain in points, with its interval
   * @param rest the worst change elsewhere, with its interval
   * @param where the capability that changed worst
   * @param better what is at least as good on both and better on one; "" for nothing
   */
  public record Row(String name, Value gain, Value rest, String where, String better) {}

  private record Found(PlaneChart.Spot spot, String where) {
    private Hull.Spot at() {
      return new Hull.Spot(spot.gain().change(), spot.rest().change());
    }
  }

  /** Returns the view; without a picture where it takes a suite that was not asked. */
  static PlaneView of(ReportData data) {
    List<Found> found = new ArrayList<>();
    for (ReportData.TunedCheckpoint arm : data.gravestFirst()) {
      found(data, arm).ifPresent(found::add);
    }
    if (found.isEmpty()) {
      return new PlaneView("", new Picture("", ""), List.of());
    }
    String skill = skill(data);
    List<PlaneChart.Spot> spots = found.stream().map(Found::spot).toList();
    double margin =
        data.capabilities().stream()
            .filter(row -> !row.skill())
            .mapToDouble(ReportData.Capability::margin)
            .min()
            .orElseThrow();
    PlaneChart.Plane plane = new PlaneChart.Plane(skill, margin, spots, AdapterScale.curves(spots));
    List<Row> rows = found.stream().map(one -> row(one, found)).toList();
    Picture picture =
        Picture.of(
            size ->
                PlaneChart.svg(
                    plane,
                    size,
                    "plane-" + size.word(),
                    "Gain on " + skill + " against the worst change elsewhere",
                    described(rows)));
    return new PlaneView(skill, picture, rows);
  }

  /** Tells whether there is a picture. */
  public boolean isDrawn() {
    return !rows.isEmpty();
  }

  private static String skill(ReportData data) {
    return String.join(
        " and ",
        data.capabilities().stream()
            .filter(ReportData.Capability::skill)
            .map(row -> SafeText.visible(CapabilityName.words(row.capability())))
            .distinct()
            .toList());
  }

  private static Optional<Found> found(ReportData data, ReportData.TunedCheckpoint arm) {
    List<ReportData.Capability> measured =
        data.capabilities().stream()
            .filter(row -> row.tuned().equals(arm.name()) && row.n() > 0)
            .toList();
    List<ReportData.Capability> skills =
        measured.stream().filter(ReportData.Capability::skill).toList();
    List<ReportData.Capability> others =
        measured.stream()
            .filter(row -> !row.skill() && row.verdict() != Verdict.UNINFORMATIVE)
            .toList();
    if (skills.isEmpty() || others.isEmpty()) {
      return Optional.empty();
    }
    ReportData.Capability worst = least(others);
    PlaneChart.Spot spot =
        new PlaneChart.Spot(
            SafeText.visible(arm.name()),
            FindingView.value(least(skills)),
            worst(others, worst),
            Mark.of(arm.verdict()).look());
    return Optional.of(new Found(spot, Texts.capability(worst.capability())));
  }

  /**
   * The change of what changed worst, in an interval for the worst of all: its far end is the
   * furthest of all, which needs no correction for their number, as every one of them would have to
   * lie within; its near end is the furthest as well, each at its own level, as drops are judged.
   */
  private static Value worst(List<ReportData.Capability> others, ReportData.Capability worst) {
    double low = others.stream().mapToDouble(row -> row.ci().get(0)).min().orElseThrow();
    double high = others.stream().mapToDouble(row -> row.ci().get(1)).min().orElseThrow();
    return new Value(
        worst.delta(), low, Math.max(high, worst.delta()), Mark.of(worst.verdict()).look());
  }

  private static ReportData.Capability least(List<ReportData.Capability> rows) {
    return rows.stream()
        .min(Comparator.comparingDouble(ReportData.Capability::delta))
        .orElseThrow();
  }

  private static Row row(Found one, List<Found> all) {
    PlaneChart.Spot spot = one.spot();
    String better =
        all.stream()
            .filter(other -> Hull.isDominated(one.at(), other.at()))
            .map(other -> other.spot().name())
            .findFirst()
            .orElse(Hull.isDominated(one.at(), new Hull.Spot(0, 0)) ? "the base itself" : "");
    return new Row(spot.name(), spot.gain(), spot.rest(), one.where(), better);
  }

  private static String described(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      text.append(row.name() + ": gain " + row.gain().text() + " points, worst change elsewhere ");
      text.append(row.rest().text() + " points, in " + row.where() + ". ");
    }
    return text.toString().strip();
  }
}
