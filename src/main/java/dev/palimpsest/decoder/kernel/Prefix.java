package dev.palimpsest.decoder.kernel;

import java.util.Objects;

/**
 * Keys and values of tokens that all prompts of a row begin with.
 *
 * @param cache one row, with room after the prefix for the longest prompt
 * @param length tokens in the prefix; 0 for none
 */
public record Prefix(Tensors cache, int length) {
  public Prefix {
    Objects.requireNonNull(cache, "cache is null");
  }
}
