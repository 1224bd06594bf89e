package dev.palimpsest.report.model;

import dev.palimpsest.audit.plan.PlannedTraining;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says which items were set aside, as they stand in the training file. */
final class TrainingFigures {
  private TrainingFigures() {}

  static ReportData.Training of(PlannedTraining training) {
    List<ReportData.SetAside> aside = new ArrayList<>();
    training
        .setAside()
        .forEach(
            (suite, items) ->
                items.forEach(
                    (item, rows) -> aside.add(new ReportData.SetAside(suite, item, rows))));
    return new ReportData.Training(
        training.file(), training.digest(), training.rows(), aside, sentence(training));
  }

  static String sentence(PlannedTraining training) {
    int items = training.items();
    if (items == 0) {
      return String.format(
          Locale.ROOT,
          "No item of the suites stands in the training file (%s, %,d rows).",
          training.file(),
          training.rows());
    }
    return String.format(
        Locale.ROOT,
        "Set aside: %,d %s, %s words stand in the training file (%s, %,d rows). They say nothing of"
            + " the tune, were not asked and count nowhere.",
        items,
        items == 1 ? "item" : "items",
        items == 1 ? "its" : "their",
        training.file(),
        training.rows());
  }
}
