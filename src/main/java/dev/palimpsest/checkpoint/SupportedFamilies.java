package dev.palimpsest.checkpoint;

import java.util.Set;

/** The model families that the decoder runs, by their {@code model_type}. */
public final class SupportedFamilies {
  /** Extend this when the decoder learns a family. */
  public static final Set<String> NAMES =
      Set.of(
          "gemma",
          "gemma2",
          "gemma3_text",
          "gpt2",
          "gpt_neox",
          "granite",
          "llama",
          "mistral",
          "olmo2",
          "phi3",
          "qwen2",
          "qwen3",
          "smollm3");

  private SupportedFamilies() {}
}
