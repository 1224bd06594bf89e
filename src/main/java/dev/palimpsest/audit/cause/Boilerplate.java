package dev.palimpsest.audit.cause;

import dev.palimpsest.audit.behaviour.Behaviour;
import dev.palimpsest.audit.behaviour.BehaviourMeasure;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A phrase that comes again and again in different answers.
 *
 * @param phrase the most frequent one
 * @param answers that have it
 * @param all answers
 */
record Boilerplate(String phrase, int answers, int all) implements Cause {
  private static final double HABIT = 0.03;
  private static final int LONGEST = 80;

  /** What the base says as often is no habit that was taken on. */
  static Optional<Cause> of(ArmEvidence evidence) {
    Optional<BehaviourMeasure> risen =
        evidence.risen("boilerplateShare").filter(measure -> measure.change() >= HABIT);
    return risen.flatMap(
        measure ->
            evidence.behaviour().orElseThrow().boilerplate().stream()
                .filter(said -> !isOfBase(evidence.behaviour().orElseThrow(), said))
                .findFirst()
                .map(said -> new Boilerplate(said.text(), said.answers(), measure.n())));
  }

  private static boolean isOfBase(Behaviour behaviour, Behaviour.Phrase said) {
    return behaviour.baseBoilerplate().stream()
        .anyMatch(one -> one.text().equals(said.text()) && 2 * one.answers() >= said.answers());
  }

  @Override
  public String id() {
    return "boilerplate";
  }

  @Override
  public String sentence() {
    return "Boilerplate: \u201c%s\u201d in %s of %s answers.".formatted(shortened(), answers, all);
  }

  private String shortened() {
    return phrase.codePointCount(0, phrase.length()) <= LONGEST
        ? phrase
        : phrase.substring(0, phrase.offsetByCodePoints(0, LONGEST)) + "…";
  }

  @Override
  public SortedMap<String, Double> figures() {
    return Said.figures("answers", answers, "all", all);
  }

  @Override
  public List<Advice> advice() {
    return List.of(Fixes.FIND_PHRASE, Fixes.MIXED_FORMS);
  }
}
