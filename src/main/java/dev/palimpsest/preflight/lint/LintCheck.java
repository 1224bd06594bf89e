package dev.palimpsest.preflight.lint;

import dev.palimpsest.training.TrainingRow;
import java.util.List;

/** Looks for one kind of fault, row by row. */
interface LintCheck {
  /** Sees a row. */
  void see(TrainingRow row);

  /** Returns what was found, [] where nothing was. */
  List<LintFinding> findings();
}
