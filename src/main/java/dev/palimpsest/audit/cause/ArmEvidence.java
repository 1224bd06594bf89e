package dev.palimpsest.audit.cause;

import dev.palimpsest.audit.behaviour.Behaviour;
import dev.palimpsest.audit.behaviour.BehaviourMeasure;
import dev.palimpsest.audit.verdict.Cells;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.stats.Interval;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What causes are read off: everything that was measured of one arm.
 *
 * @param arm its name
 * @param weights what can be done to its weights without training
 * @param findings one per suite
 * @param skills the suites that ask for what the tune was made for
 * @param cells what became of lost items, where they were asked again
 * @param behaviour of its answers to all suites but those of the skill, where it may well answer in
 *     another form; empty where nothing was generated
 * @param shifts of what it invents, declines and ignores
 * @param plainText how likely it finds plain text; empty where that was not measured
 */
public record ArmEvidence(
    String arm,
    Weights weights,
    List<Finding> findings,
    Set<String> skills,
    List<Cells> cells,
    Optional<Behaviour> behaviour,
    List<Shift> shifts,
    Optional<Shift> plainText) {
  /** What can be done to weights without training. */
  public enum Weights {
    /** An adapter as it was trained, whose scale can be changed. */
    ADAPTER,
    /** An adapter at one of the scales that are tried; there is nothing more to do to it. */
    SCALED,
    /** A whole model, which can be interpolated with its base. */
    MODEL
  }

  /**
   * A figure of one suite before and after.
   *
   * @param id "fabricated", "abstained", "overAbstained", "concentration", "subjectSensitivity",
   *     "lossPerToken" or "bitsPerByte"
   * @param change the interval of tuned − base; empty where there is none
   */
  public record Shift(
      String suite, String id, double base, double tuned, Optional<Interval> change) {
    public Shift {
      Objects.requireNonNull(suite, "suite is null");
      Objects.requireNonNull(id, "id is null");
      Objects.requireNonNull(change, "change is null");
    }

    double difference() {
      return tuned - base;
    }

    boolean rose() {
      return change.filter(interval -> interval.low() > 0).isPresent();
    }

    boolean fell() {
      return change.filter(interval -> interval.high() < 0).isPresent();
    }
  }

  public ArmEvidence {
    Objects.requireNonNull(arm, "arm is null");
    Objects.requireNonNull(weights, "weights is null");
    findings = List.copyOf(findings);
    skills = Set.copyOf(skills);
    cells = List.copyOf(cells);
    Objects.requireNonNull(behaviour, "behaviour is null");
    shifts = List.copyOf(shifts);
    Objects.requireNonNull(plainText, "plainText is null");
  }

  boolean isSkill(Finding finding) {
    return skills.contains(finding.suite());
  }

  /** Returns the suites on which a drop is proven that a gate does not let pass. */
  List<Finding> falls() {
    return findings.stream()
        .filter(f -> !isSkill(f) && f.verdict().provesDrop() && !f.verdict().passes())
        .toList();
  }

  Optional<BehaviourMeasure> trait(String id) {
    return behaviour.stream()
        .flatMap(found -> found.measures().stream())
        .filter(measure -> measure.id().equals(id))
        .findFirst();
  }

  /** Returns a trait if its share is proven to have risen. */
  Optional<BehaviourMeasure> risen(String id) {
    return trait(id).filter(measure -> measure.changeInterval().low() > 0);
  }

  List<Shift> shifts(String id) {
    return shifts.stream().filter(shift -> shift.id().equals(id)).toList();
  }

  Optional<Cells> cells(String suite) {
    return cells.stream().filter(one -> one.suite().equals(suite)).findFirst();
  }
}
