package dev.palimpsest.decoder.family;

import dev.palimpsest.checkpoint.ModelConfig;

/** The function inside the feed-forward part. */
public enum Activation {
  SILU(0),
  GELU_TANH(1),
  GELU(2),
  RELU(3);

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
      case "gelu_new", "gelu_pytorch_tanh", "gelu_fast", "gelu_accurate" -> GELU_TANH;
      case "gelu" -> GELU;
      case "relu" -> RELU;
      default -> throw config.wrong(field, "silu, gelu, gelu_new, gelu_pytorch_tanh or relu");
    };
  }
}
