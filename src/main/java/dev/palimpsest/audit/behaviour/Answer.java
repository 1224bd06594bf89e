package dev.palimpsest.audit.behaviour;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.suite.check.AnswerForm;
import java.util.Optional;

/**
 * One generated answer and what is counted of it.
 *
 * @param text as generated
 * @param form its outer form
 * @param strict whether it passes as it is, where that was checked
 * @param lenient whether it passes without a frame around it, where that was checked
 * @param cutOff whether the limit of tokens ended it
 */
record Answer(
    String text,
    AnswerForm form,
    Optional<Boolean> strict,
    Optional<Boolean> lenient,
    boolean cutOff) {
  static Answer of(Outcome outcome) {
    return new Answer(
        outcome.output(),
        AnswerForm.of(outcome.output()),
        flag(outcome, "strict"),
        flag(outcome, "lenient"),
        outcome.evidence().figure("ended") == 0);
  }

  private static Optional<Boolean> flag(Outcome outcome, String name) {
    double value = outcome.evidence().figure(name);
    return Double.isNaN(value) ? Optional.empty() : Optional.of(value == 1);
  }
}
