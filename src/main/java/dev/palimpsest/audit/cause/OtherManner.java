package dev.palimpsest.audit.cause;

import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.behaviour.BehaviourMeasure;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * It answers in another manner, and no loss is proven.
 *
 * @param measures of behaviour that moved, most first
 * @param plainText how plain text moved, if it did
 */
record OtherManner(List<BehaviourMeasure> measures, Optional<ArmEvidence.Shift> plainText)
    implements Cause {
  private static final int MOST = 3;

  OtherManner {
    measures = List.copyOf(measures);
  }

  static Optional<Cause> of(ArmEvidence evidence) {
    List<BehaviourMeasure> moved =
        evidence.behaviour().stream()
            .flatMap(found -> found.measures().stream())
            .filter(BehaviourMeasure::isChanged)
            .sorted(Comparator.comparingDouble(OtherManner::relative).reversed())
            .limit(MOST)
            .toList();
    Optional<ArmEvidence.Shift> text =
        evidence.plainText().filter(shift -> shift.rose() || shift.fell());
    boolean lost = evidence.findings().stream().anyMatch(f -> f.verdict().provesDrop());
    return lost || (moved.isEmpty() && text.isEmpty())
        ? Optional.empty()
        : Optional.of(new OtherManner(moved, text));
  }

  /** Returns how many half widths of its interval a change is. */
  private static double relative(BehaviourMeasure measure) {
    double width = measure.changeInterval().high() - measure.changeInterval().low();
    return Math.abs(measure.change()) / Math.max(1e-9, width / 2);
  }

  @Override
  public String id() {
    return "otherManner";
  }

  @Override
  public String sentence() {
    String answers =
        measures.stream()
            .map(
                one ->
                    "%s %s to %s"
                        .formatted(one.label(), one.text(one.base()), one.text(one.value())))
            .collect(Collectors.joining("; "));
    String text =
        plainText
            .map(shift -> "plain text %s".formatted(Points.signedNats(shift.difference())))
            .orElse("");
    String joint = answers.isEmpty() || text.isEmpty() ? "" : "; ";
    return "It answers in another manner, and no loss is proven: %s%s%s."
        .formatted(answers, joint, text);
  }

  @Override
  public SortedMap<String, Double> figures() {
    SortedMap<String, Double> figures = new TreeMap<>();
    measures.forEach(one -> figures.put(one.id(), one.change()));
    plainText.ifPresent(shift -> figures.put(shift.id(), shift.difference()));
    return figures;
  }

  @Override
  public List<Advice> advice() {
    return List.of(Fixes.PROMPT_FIRST, Fixes.MORE_ITEMS);
  }
}
