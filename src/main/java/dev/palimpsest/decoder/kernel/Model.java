package dev.palimpsest.decoder.kernel;

import java.util.Objects;

/**
 * The tensors of a forward pass.
 *
 * @param weights in the order that {@code kernel.py} defines
 * @param adapter three tensors per linear layer, or none
 * @param rope inverse frequencies, one tensor per kind of rotary embedding
 */
public record Model(Tensors weights, Tensors adapter, Tensors rope) {
  public Model {
    Objects.requireNonNull(weights, "weights is null");
    Objects.requireNonNull(adapter, "adapter is null");
    Objects.requireNonNull(rope, "rope is null");
  }

  void addTo(Call call) {
    call.with(weights).with(adapter).with(rope);
  }
}
