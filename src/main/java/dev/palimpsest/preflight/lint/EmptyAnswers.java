package dev.palimpsest.preflight.lint;

import dev.palimpsest.preflight.lint.LintFinding.Severity;
import dev.palimpsest.training.TrainingRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows that teach a model to say nothing, and rows that teach nothing because no answer stands in
 * them.
 */
final class EmptyAnswers implements LintCheck {
  private final Rows empty = new Rows();
  private final Rows without = new Rows();

  @Override
  public void see(TrainingRow row) {
    if (row.answers().isEmpty()) {
      without.add(row.row());
    } else if (row.answers().stream().anyMatch(String::isBlank)) {
      empty.add(row.row());
    }
  }

  @Override
  public List<LintFinding> findings() {
    List<LintFinding> findings = new ArrayList<>();
    if (!empty.isEmpty()) {
      findings.add(
          empty.finding(
              "empty-answer",
              Severity.FAULT,
              "In "
                  + empty.words()
                  + " the model's answer is empty, which teaches it to end at once.",
              "Remove these rows, or write the answers."));
    }
    if (!without.isEmpty()) {
      findings.add(
          without.finding(
              "no-answer",
              Severity.FAULT,
              "In " + without.words() + " the model says nothing, so there is nothing to learn.",
              "Remove these rows; is a role misspelt, or was the last message cut off?"));
    }
    return findings;
  }
}
