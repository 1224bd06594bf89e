package dev.palimpsest.decoder.weights;

import dev.palimpsest.decoder.kernel.Weight;
import java.util.List;

/**
 * An adapter over a base that stays as it is.
 *
 * @param replaced the base's weights, some of them replaced
 * @param biases what each place adds to its outputs at scale 1, if it does
 * @param magnitudes what each place learned of its outputs' sizes, if it did
 * @param weights the replaced weights with the biases added
 * @param factors three tensors per place for adapters, absent where nothing is added
 */
public record LoadedAdapter(
    List<Weight> replaced,
    List<float[]> biases,
    List<float[]> magnitudes,
    List<Weight> weights,
    List<Weight> factors) {
  public LoadedAdapter {
    replaced = List.copyOf(replaced);
    biases = List.copyOf(biases);
    magnitudes = List.copyOf(magnitudes);
    weights = List.copyOf(weights);
    factors = List.copyOf(factors);
  }

  /**
   * Tells whether it only adds products to what the base computes, so that tokens of several such
   * adapters can go through the base together.
   */
  public boolean onlyAddsTo(List<Weight> base) {
    return weights.equals(base) && magnitudes.stream().allMatch(m -> m.length == 0);
  }
}
