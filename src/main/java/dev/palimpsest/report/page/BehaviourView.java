package dev.palimpsest.report.page;

import dev.palimpsest.audit.behaviour.BehaviourMeasure;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.ReportData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the arms answer, side by side.
 *
 * @param base the base's name
 * @param answers of each arm
 * @param arms the tuned arms' names, those that fail first
 * @param rows one per trait
 * @param phrases what arms say in many answers; arms without such are left out
 */
public record BehaviourView(
    String base, int answers, List<String> arms, List<Row> rows, List<Phrases> phrases) {
  /** The order in which traits are read, apart from any alphabet. */
  private static final List<String> ORDER =
      List.of(
          "distinctOutputs",
          "meanWords",
          "codeShare",
          "sqlShare",
          "jsonShare",
          "markdownShare",
          "otherLanguageShare",
          "boilerplateShare",
          "refusalShare",
          "cutOffShare",
          "strict",
          "lenient");

  /**
   * One trait.
   *
   * @param base the base's value
   */
  public record Row(String label, String base, List<Cell> cells) {}

  /**
   * One arm's value of a trait.
   *
   * @param value as it is printed
   * @param change with its interval; "" for none
   * @param changed whether the interval leaves out none at all
   */
  public record Cell(String arm, String value, String change, boolean changed) {}

  /** What an arm says in many answers. */
  public record Phrases(String arm, List<ReportData.Phrase> sentences) {}

  /** Returns the view, without rows where nothing was generated. */
  public static BehaviourView of(ReportData data) {
    Map<String, ReportData.ArmBehaviour> found = data.behaviour();
    ReportData.ArmBehaviour base = found.get(data.base().name());
    List<String> arms =
        data.gravestFirst().stream()
            .map(ReportData.TunedCheckpoint::name)
            .filter(found::containsKey)
            .toList();
    if (base == null || arms.isEmpty()) {
      return new BehaviourView(data.base().name(), 0, List.of(), List.of(), List.of());
    }
    List<Row> rows = new ArrayList<>();
    for (String trait : ORDER) {
      ReportData.Trait before = base.measures().get(trait);
      if (before != null) {
        rows.add(new Row(before.label(), value(before), cells(data, arms, trait)));
      }
    }
    return new BehaviourView(
        SafeText.visible(data.base().name()),
        base.answers(),
        arms.stream().map(SafeText::visible).toList(),
        rows,
        phrases(data, arms));
  }

  private static List<Cell> cells(ReportData data, List<String> arms, String trait) {
    List<Cell> cells = new ArrayList<>();
    for (String arm : arms) {
      ReportData.Trait found = data.behaviour().get(arm).measures().get(trait);
      if (found == null) {
        cells.add(new Cell(SafeText.visible(arm), "–", "", false));
      } else {
        List<Double> ends = found.changeInterval();
        boolean changed = ends.get(0) > 0 || ends.get(1) < 0;
        cells.add(new Cell(SafeText.visible(arm), value(found), change(found), changed));
      }
    }
    return cells;
  }

  private static String value(ReportData.Trait trait) {
    return BehaviourMeasure.text(trait.unit(), trait.value());
  }

  private static String change(ReportData.Trait trait) {
    return BehaviourMeasure.signed(trait.unit(), trait.change())
        + " ("
        + BehaviourMeasure.signed(trait.unit(), trait.changeInterval().get(0))
        + " to "
        + BehaviourMeasure.signed(trait.unit(), trait.changeInterval().get(1))
        + ")";
  }

  private static List<Phrases> phrases(ReportData data, List<String> arms) {
    List<Phrases> all = new ArrayList<>();
    for (String arm : arms) {
      List<ReportData.Phrase> sentences =
          data.behaviour().get(arm).boilerplate().stream()
              .map(one -> new ReportData.Phrase(SafeText.visible(one.text()), one.answers()))
              .toList();
      if (!sentences.isEmpty()) {
        all.add(new Phrases(SafeText.visible(arm), sentences));
      }
    }
    return all;
  }
}
