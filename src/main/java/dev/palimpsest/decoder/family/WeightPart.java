package dev.palimpsest.decoder.family;

/**
 * The parts of a model that have tensors, by the names of the fields in the kernel's {@code
 * weights.py}.
 */
public enum WeightPart {
  EMBEDDING("embedding", Kind.TENSOR),
  EMBEDDING_PROJECTION("embedding_projection", Kind.LINEAR),
  POSITIONS("positions", Kind.TENSOR),
  FINAL_NORM("final_norm", Kind.NORM),
  HEAD_PROJECTION("head_projection", Kind.LINEAR),
  HEAD("head", Kind.LINEAR),
  ATTENTION_NORM("layers.*.attention_norm", Kind.NORM),
  QKV("layers.*.qkv", Kind.PACKED),
  QUERY_NORM("layers.*.query_norm", Kind.NORM),
  KEY_NORM("layers.*.key_norm", Kind.NORM),
  SINKS("layers.*.sinks", Kind.TENSOR),
  OUTPUT("layers.*.output", Kind.PACKED),
  ATTENTION_POST_NORM("layers.*.attention_post_norm", Kind.NORM),
  MLP_NORM("layers.*.mlp_norm", Kind.NORM),
  MLP_UP("layers.*.mlp.up", Kind.PACKED),
  MLP_DOWN("layers.*.mlp.down", Kind.PACKED),
  ROUTER("layers.*.mixture.router", Kind.LINEAR),
  EXPERTS_UP("layers.*.mixture.experts.up", Kind.LINEAR),
  EXPERTS_DOWN("layers.*.mixture.experts.down", Kind.LINEAR),
  SHARED_UP("layers.*.mixture.shared.up", Kind.LINEAR),
  SHARED_DOWN("layers.*.mixture.shared.down", Kind.LINEAR),
  SHARED_GATE("layers.*.mixture.shared.gate", Kind.LINEAR),
  MLP_POST_NORM("layers.*.mlp_post_norm", Kind.NORM);

  private enum Kind {
    TENSOR,
    NORM,
    LINEAR,
    /** A linear layer that is only ever multiplied by, as a whole. */
    PACKED
  }

  private final String path;
  private final Kind kind;

  WeightPart(String path, Kind kind) {
    this.path = path;
    this.kind = kind;
  }

  /** Returns the fields that lead to it, "*" standing for the number of its layer. */
  public String path() {
    return path;
  }

  /** Tells whether it is a tensor itself, without a weight and a bias. */
  boolean isTensor() {
    return kind == Kind.TENSOR;
  }

  /** Tells whether its weight may lie in a layout for products alone. */
  boolean isPacked() {
    return kind == Kind.PACKED;
  }

  /** Tells whether the kernel adds a bias to its outputs, if it is given one. */
  boolean takesBias() {
    return switch (this) {
      case HEAD, QKV, OUTPUT, MLP_UP, MLP_DOWN, ROUTER, EXPERTS_UP, EXPERTS_DOWN -> true;
      default -> false;
    };
  }
}
