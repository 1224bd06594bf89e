package dev.palimpsest.decoder.weights;

import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Weight;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an adapter adds to one linear layer, as the kernel's {@code Lora} has it: {@code up (down
 * x)} on top of the layer's outputs, and all of it times the scale.
 *
 * @param down [rank, inputs]; of an embedding [tokens, rank]
 * @param up [outputs, rank]
 * @param scale [outputs], of a weight-decomposed adapter
 */
record Factors(Optional<Weight> down, Optional<Weight> up, Optional<Weight> scale) {
  /** The factors of a layer that an adapter leaves alone. */
  static final Factors NONE = new Factors(Optional.empty(), Optional.empty(), Optional.empty());

  Factors {
    Objects.requireNonNull(down, "down is null");
    Objects.requireNonNull(up, "up is null");
    Objects.requireNonNull(scale, "scale is null");
  }

  /** Returns products that no scale follows. */
  static Factors of(Weight down, Weight up) {
    return new Factors(Optional.of(down), Optional.of(up), Optional.empty());
  }

  /** Returns the products times a number, and no scale. */
  Factors times(Kernel kernel, double factor) {
    return new Factors(down, up.map(tensor -> kernel.times(tensor, factor)), Optional.empty());
  }

  /** Adds the tensors under the names that they have in the kernel. */
  void addTo(Map<String, Weight> tensors, String path) {
    down.ifPresent(tensor -> tensors.put(path + ".down", tensor));
    up.ifPresent(tensor -> tensors.put(path + ".up", tensor));
    scale.ifPresent(tensor -> tensors.put(path + ".scale", tensor));
  }
}
