package dev.palimpsest.decoder.family;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the tensors of a model. */
final class Slots {
  private final Map<WeightName, TensorSlot> byName = new LinkedHashMap<>();

  /** Adds a part's weight, or the part where that is a tensor itself. */
  void add(WeightPart part, int layer, TensorSlot slot) {
    byName.put(WeightName.of(part, layer), slot);
  }

  /** Adds a part's bias. */
  void addBias(WeightPart part, int layer, TensorSlot slot) {
    byName.put(new WeightName(part, layer, true), slot);
  }

  /** Adds a linear layer with its bias, where the model has them. */
  void addLinear(WeightPart part, int layer, Linear linear, int columns, boolean narrow) {
    if (!linear.modules().isEmpty()) {
      add(part, layer, Blueprint.weight(linear, layer, columns, narrow));
      if (linear.bias()) {
        addBias(part, layer, Blueprint.bias(linear, layer, narrow));
      }
    }
  }

  Map<WeightName, TensorSlot> byName() {
    return byName;
  }
}
