package dev.palimpsest.audit.cause;

import dev.palimpsest.audit.Points;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Answers no longer follow what is asked about: those to questions of one relation concentrate on
 * one answer (after arXiv:2406.14785).
 *
 * @param shift of concentration, or of the chance that two subjects get different answers
 */
record SubjectIgnored(ArmEvidence.Weights weights, ArmEvidence.Shift shift) implements Cause {
  /** A smaller rise of concentration says little. */
  private static final double ALARM = 0.1;

  static Optional<Cause> of(ArmEvidence evidence) {
    return Stream.concat(
            evidence.shifts("concentration").stream()
                .filter(one -> one.rose() && one.difference() > ALARM),
            evidence.shifts("subjectSensitivity").stream()
                .filter(one -> one.fell() && -one.difference() > ALARM))
        .findFirst()
        .map(one -> new SubjectIgnored(evidence.weights(), one));
  }

  @Override
  public String id() {
    return "subjectIgnored";
  }

  @Override
  public Optional<String> suite() {
    return Optional.of(shift.suite());
  }

  @Override
  public String sentence() {
    return shift.id().equals("concentration")
        ? "Answers ignore their subject: within a relation %s are the same, of the base %s."
            .formatted(Points.percent(shift.tuned()), Points.percent(shift.base()))
        : "Answers ignore their subject: two subjects get different answers in %s, at the base in %s."
            .formatted(Points.percent(shift.tuned()), Points.percent(shift.base()));
  }

  @Override
  public SortedMap<String, Double> figures() {
    return Said.figures(shift.id(), shift.tuned(), "base", shift.base());
  }

  @Override
  public List<Advice> advice() {
    return Fixes.afterWeights(weights, Fixes.STOP_EARLY, Fixes.BETTER_KNOWN_HALF, Fixes.PARAPHRASE);
  }
}
