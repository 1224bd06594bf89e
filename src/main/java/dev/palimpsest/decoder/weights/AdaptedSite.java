package dev.palimpsest.decoder.weights;

import dev.palimpsest.decoder.family.LinearSite;
import java.util.Objects;

/**
 * What an adapter does at one place.
 *
 * @param site the place, as large as the adapter makes it
 * @param bias what is added to the outputs at scale 1, in the kernel's order; empty for nothing
 * @param magnitude what was learned of the outputs' sizes; empty for nothing
 * @param products the adapter's own products at scale 1
 * @param start what is taken off the base's weight, whatever the scale
 * @param factors the tensors that the kernel takes
 */
record AdaptedSite(
    LinearSite site,
    float[] bias,
    float[] magnitude,
    Factors products,
    Factors start,
    Factors factors) {
  AdaptedSite {
    Objects.requireNonNull(site, "site is null");
    Objects.requireNonNull(bias, "bias is null");
    Objects.requireNonNull(magnitude, "magnitude is null");
    Objects.requireNonNull(products, "products is null");
    Objects.requireNonNull(start, "start is null");
    Objects.requireNonNull(factors, "factors is null");
  }

  /** Returns the same place with other factors. */
  AdaptedSite with(Factors others) {
    return new AdaptedSite(site, bias, magnitude, products, start, others);
  }
}
