package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;

/** The function inside the feed-forward part. */
public enum Activation {
  SILU(0),
  GELU_TANH(1),
  GELU(2),
  RELU(3),
  TANH(4),
  QUICK_GELU(5),
  RELU_SQUARED(6);

  private final int code;

  Activation(int code) {
    this.code = code;
  }

  /** Returns the kernel's number for it. */
  int code() {
    return code;
  }

  /** Reads the activation that a field of the config names. */
  static Activation of(ModelConfig config, String field, Activation absent) {
    if (!config.has(field)) {
      return absent;
    }
    return switch (config.text(field)) {
      case "silu", "swish" -> SILU;
      case "gelu_new", "gelu_pytorch_tanh", "gelu_python_tanh", "gelu_fast", "gelu_accurate" ->
          GELU_TANH;
      case "gelu", "gelu_python" -> GELU;
      case "relu" -> RELU;
      case "tanh" -> TANH;
      case "quick_gelu" -> QUICK_GELU;
      case "relu2" -> RELU_SQUARED;
      default ->
          throw config.wrong(
              field,
              "one of silu, gelu, gelu_new, gelu_pytorch_tanh, quick_gelu, relu, relu2, tanh");
    };
  }
}
