package dev.palimpsest.checkpoint;

import java.util.Set;

/** The model families that the decoder runs, by their {@code model_type}. */
public final class SupportedFamilies {
  /** Extend this when the decoder learns a family. */
  public static final Set<String> NAMES =
      Set.of(
          "falcon",
          "gemma",
          "gemma2",
          "gemma3_text",
          "gpt2",
          "gpt_neox",
          "gpt_oss",
          "granite",
          "llama",
          "mistral",
          "mixtral",
          "olmo2",
          "opt",
          "phi",
          "phi3",
          "qwen2",
          "qwen2_moe",
          "qwen3",
          "qwen3_moe",
          "smollm3",
          "stablelm");

  private SupportedFamilies() {}
}
