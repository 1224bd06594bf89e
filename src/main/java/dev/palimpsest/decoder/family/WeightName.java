package dev.palimpsest.decoder.family;

import java.util.Objects;
import java.util.Optional;

/**
 * One tensor of a model.
 *
 * @param part the part that it belongs to
 * @param layer the part's layer, from 0; 0 for a part of the model itself
 * @param bias whether it is the part's bias, else its weight
 */
public record WeightName(WeightPart part, int layer, boolean bias) {
  /** The embedding's table. */
  public static final WeightName EMBEDDING = of(WeightPart.EMBEDDING, 0);

  /** The head's weight. */
  public static final WeightName HEAD = of(WeightPart.HEAD, 0);

  public WeightName {
    Objects.requireNonNull(part, "part is null");
  }

  /** Returns the name of a part's weight. */
  public static WeightName of(WeightPart part, int layer) {
    return new WeightName(part, layer, false);
  }

  /** Returns the name of the same part's bias, if the kernel adds one. */
  public Optional<WeightName> toBias() {
    return part.takesBias() ? Optional.of(new WeightName(part, layer, true)) : Optional.empty();
  }

  /** Tells whether it may lie in a layout for products alone. */
  public boolean isPacked() {
    return part.isPacked() && !bias;
  }

  /** Returns the name by which the kernel takes it. */
  public String path() {
    String suffix = bias ? ".bias" : ".weight";
    return inLayer() + (part.isTensor() ? "" : suffix);
  }

  /** Returns the name, less its last part, by which the kernel takes what an adapter adds. */
  public String loraPath() {
    return inLayer() + (part == WeightPart.EMBEDDING ? "_lora" : ".lora");
  }

  private String inLayer() {
    return part.path().replace("*", Integer.toString(layer));
  }
}
