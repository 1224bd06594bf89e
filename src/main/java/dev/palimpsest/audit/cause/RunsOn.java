package dev.palimpsest.audit.cause;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Answers that run on until their limit of tokens ends them.
 *
 * @param answers that do
 * @param baseAnswers of the base that do
 * @param all answers
 */
record RunsOn(int answers, int baseAnswers, int all) implements Cause {
  private static final double HABIT = 0.05;

  static Optional<Cause> of(ArmEvidence evidence) {
    return evidence
        .risen("cutOffShare")
        .filter(measure -> measure.change() >= HABIT)
        .map(measure -> new RunsOn(Said.count(measure), Said.baseCount(measure), measure.n()));
  }

  @Override
  public String id() {
    return "runsOn";
  }

  @Override
  public String sentence() {
    return "Answers run on until their limit ends them: %s of %s, the base %s."
        .formatted(answers, all, baseAnswers);
  }

  @Override
  public SortedMap<String, Double> figures() {
    return Said.figures("answers", answers, "baseAnswers", baseAnswers, "all", all);
  }

  @Override
  public List<Advice> advice() {
    return List.of(Fixes.END_TOKEN, Fixes.MIXED_FORMS);
  }
}
