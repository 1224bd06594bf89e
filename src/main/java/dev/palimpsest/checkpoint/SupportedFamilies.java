package dev.palimpsest.checkpoint;

import java.util.Set;

/** The model families that the decoder runs, by their {@code model_type}. */
public final class SupportedFamilies {
  /** Extend this when the decoder learns a family. */
  public static final Set<String> NAMES = Set.of("llama");

  private SupportedFamilies() {}
}
