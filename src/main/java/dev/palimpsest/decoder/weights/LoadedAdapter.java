package dev.palimpsest.decoder.weights;

import dev.palimpsest.decoder.kernel.Weight;
import java.util.List;

/**
 * An adapter over a base that stays as it is.
 *
 * @param weights the base's weights, some of them replaced
 * @param factors three tensors per place for adapters, absent where nothing is added
 * @param magnitudes what each place learned of its outputs' sizes, if it did
 */
public record LoadedAdapter(List<Weight> weights, List<Weight> factors, List<float[]> magnitudes) {
  public LoadedAdapter {
    weights = List.copyOf(weights);
    factors = List.copyOf(factors);
    magnitudes = List.copyOf(magnitudes);
  }

  /**
   * Tells whether it only adds products to what the base computes, so that tokens of several such
   * adapters can go through the base together.
   */
  public boolean onlyAddsTo(List<Weight> base) {
    return weights.equals(base) && magnitudes.stream().allMatch(m -> m.length == 0);
  }
}
