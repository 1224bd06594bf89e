package dev.palimpsest.decoder.weights;

import dev.palimpsest.decoder.kernel.Weight;
import java.util.List;

/**
 * An adapter over a base that stays as it is.
 *
 * @param weights the base's weights, some of them replaced
 * @param factors three tensors per place for adapters, absent where nothing is added
 */
public record LoadedAdapter(List<Weight> weights, List<Weight> factors) {
  public LoadedAdapter {
    weights = List.copyOf(weights);
    factors = List.copyOf(factors);
  }
}
