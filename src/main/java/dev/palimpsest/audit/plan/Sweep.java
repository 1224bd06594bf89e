package dev.palimpsest.audit.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * One adapter at several scales: the α of interpolating between the base (0) and the adapter as it
 * was trained (1). What the weights gain from the adapter is multiplied, so nothing is trained.
 */
public final class Sweep {
  /** The scales that are tried where none are named. */
  public static final List<Double> USUAL = List.of(0.25, 0.5, 0.75, 1.0);

  private Sweep() {}

  /**
   * Returns the adapter at each scale, in rising order.
   *
   * @throws PlanException if there are fewer than two scales, or one is given twice
   */
  public static List<Candidate> of(Candidate adapter, List<Double> scales) {
    List<Double> rising = scales.stream().distinct().sorted().toList();
    if (rising.size() < 2 || rising.size() < scales.size()) {
      throw new PlanException(
          "A sweep needs at least two scales, each of them once, such as 0.25,0.5,0.75,1.");
    }
    List<Candidate> all = new ArrayList<>();
    rising.forEach(scale -> all.add(adapter.at(scale)));
    return all;
  }
}
