package dev.palimpsest.decoder.kernel;

import java.util.Objects;

/**
 * Prompts laid out one after the other, without padding.
 *
 * @param ids token ids
 * @param positions position of each token in its sequence, a shared prefix included
 * @param branches 0 for a prompt's own tokens, n for those of its n-th continuation
 * @param items six numbers per prompt: first token, tokens before the first branch, all tokens, the
 *     row and column where keys and values are kept, and the length of the whole sequence
 */
public record TokenRow(int[] ids, int[] positions, int[] branches, int[] items) {
  public TokenRow {
    Objects.requireNonNull(ids, "ids is null");
    Objects.requireNonNull(positions, "positions is null");
    Objects.requireNonNull(branches, "branches is null");
    Objects.requireNonNull(items, "items is null");
  }
}
