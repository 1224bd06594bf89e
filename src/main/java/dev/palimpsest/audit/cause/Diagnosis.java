package dev.palimpsest.audit.cause;

import dev.palimpsest.audit.verdict.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why one arm came out as it did, the clearest cause first.
 *
 * @param arm its name
 * @param causes none where nothing ran
 */
public record Diagnosis(String arm, List<Cause> causes) {
  public Diagnosis {
    Objects.requireNonNull(arm, "arm is null");
    causes = List.copyOf(causes);
  }

  /**
   * Reads causes off what was measured.
   *
   * <p>What every answer shows comes before what was found suite by suite, that before the extent
   * of the loss, and what was gained or is not decided last; where nothing changed, that alone.
   */
  public static Diagnosis of(ArmEvidence evidence) {
    Optional<Cause> nothing = NothingChanged.of(evidence);
    if (nothing.isPresent()) {
      List<Cause> causes = new ArrayList<>(nothing.stream().toList());
      Undecided.of(evidence).ifPresent(causes::add);
      return new Diagnosis(evidence.arm(), causes);
    }
    List<Cause> causes = new ArrayList<>();
    Optional<Cause> one = OneAnswer.of(evidence);
    one.ifPresent(causes::add);
    WrongForm.of(evidence).ifPresent(causes::add);
    RunsOn.of(evidence).ifPresent(causes::add);
    evidence.findings().forEach(finding -> causes.addAll(ofSuite(evidence, finding)));
    InventsAnswers.of(evidence).ifPresent(causes::add);
    Declines.of(evidence).ifPresent(causes::add);
    SubjectIgnored.of(evidence).ifPresent(causes::add);
    BroadLoss.of(evidence).or(() -> OneLoss.of(evidence)).ifPresent(causes::add);
    FramedAnswers.of(evidence).ifPresent(causes::add);
    if (one.isEmpty()) {
      Boilerplate.of(evidence).ifPresent(causes::add);
    }
    SkillGained.of(evidence).ifPresent(causes::add);
    if (causes.isEmpty()) {
      OtherManner.of(evidence).ifPresent(causes::add);
    }
    if (evidence.findings().stream().noneMatch(f -> f.verdict().provesDrop())) {
      Undecided.of(evidence).ifPresent(causes::add);
    }
    return new Diagnosis(evidence.arm(), causes);
  }

  private static List<Cause> ofSuite(ArmEvidence evidence, Finding finding) {
    if (Careless.concerns(finding)) {
      return Careless.of(evidence, finding).stream().toList();
    }
    return NotCalledUp.of(evidence, finding).or(() -> NoLongerKnown.of(evidence, finding)).stream()
        .toList();
  }
}
