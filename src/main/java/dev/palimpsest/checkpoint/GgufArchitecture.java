package dev.palimpsest.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/**
 * An architecture that can be read from GGUF.
 *
 * <p>The name is that of {@code general.architecture}; llama.cpp rotates neighbours for some
 * architectures and stores their q and k rows in that order.
 */
enum GgufArchitecture {
  LLAMA("llama", "LlamaForCausalLM", true),
  QWEN2("qwen2", "Qwen2ForCausalLM", false),
  QWEN3("qwen3", "Qwen3ForCausalLM", false);

  private final String id;
  private final String huggingFaceClass;
  private final boolean interleaved;

  GgufArchitecture(String id, String huggingFaceClass, boolean interleaved) {
    this.id = id;
    this.huggingFaceClass = huggingFaceClass;
    this.interleaved = interleaved;
  }

  static Optional<GgufArchitecture> of(String id) {
    return Arrays.stream(values()).filter(known -> known.id.equals(id)).findFirst();
  }

  /** Returns the name in GGUF, which is the {@code model_type} in config.json too. */
  String id() {
    return id;
  }

  String huggingFaceClass() {
    return huggingFaceClass;
  }

  /** Says whether rows of q and k stand interleaved within each head. */
  boolean interleaved() {
    return interleaved;
  }
}
