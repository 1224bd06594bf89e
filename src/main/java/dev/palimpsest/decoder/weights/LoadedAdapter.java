package dev.palimpsest.decoder.weights;

import dev.palimpsest.decoder.family.WeightName;
import dev.palimpsest.decoder.kernel.Weight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An adapter over a base that stays as it is.
 *
 * @param replaced the base's weights, some of them replaced
 * @param weights the replaced weights with the biases of the places added
 * @param sites what it does at each place of the base, in the order of the base's places
 */
public record LoadedAdapter(
    Map<WeightName, Weight> replaced, Map<WeightName, Weight> weights, List<AdaptedSite> sites) {
  public LoadedAdapter {
    replaced = Map.copyOf(replaced);
    weights = Map.copyOf(weights);
    sites = List.copyOf(sites);
  }

  /**
   * Tells whether it only adds products to what the base computes, so that tokens of several such
   * adapters can go through the base together.
   */
  public boolean onlyAddsTo(Map<WeightName, Weight> base) {
    return weights.equals(base) && sites.stream().allMatch(site -> site.magnitude().length == 0);
  }

  /** Returns the tensors of the products, by the names that they have in the kernel. */
  public Map<String, Weight> factors() {
    Map<String, Weight> tensors = new LinkedHashMap<>();
    sites.forEach(place -> place.factors().addTo(tensors, place.site().loraPath()));
    return tensors;
  }
}
