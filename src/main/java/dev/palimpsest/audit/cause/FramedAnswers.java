package dev.palimpsest.audit.cause;

import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.behaviour.BehaviourMeasure;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Answers that pass their checks once a frame around them is taken off.
 *
 * @param strict the share that passes as it is
 * @param baseStrict the same of the base
 * @param lenient the share that passes without its first or last sentence or its asterisks
 * @param baseLenient the same of the base
 */
record FramedAnswers(double strict, double baseStrict, double lenient, double baseLenient)
    implements Cause {
  static Optional<Cause> of(ArmEvidence evidence) {
    Optional<BehaviourMeasure> strict =
        evidence.trait("strict").filter(measure -> measure.changeInterval().high() < 0);
    Optional<BehaviourMeasure> lenient =
        evidence.trait("lenient").filter(measure -> measure.changeInterval().high() >= 0);
    return strict.isEmpty() || lenient.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FramedAnswers(
                strict.get().value(),
                strict.get().base(),
                lenient.get().value(),
                lenient.get().base()));
  }

  @Override
  public String id() {
    return "framedAnswers";
  }

  @Override
  public String sentence() {
    return "Answers carry a frame that they did not carry: %s pass as they are, of the base %s; without a first or last sentence %s and %s."
        .formatted(
            Points.percent(strict),
            Points.percent(baseStrict),
            Points.percent(lenient),
            Points.percent(baseLenient));
  }

  @Override
  public SortedMap<String, Double> figures() {
    return Said.figures(
        "strict", strict, "baseStrict", baseStrict, "lenient", lenient, "baseLenient", baseLenient);
  }

  @Override
  public List<Advice> advice() {
    return List.of(Fixes.PROMPT_FIRST, Fixes.FIND_PHRASE, Fixes.MIXED_FORMS);
  }
}
