package dev.palimpsest.decoder.kernel;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Prompts laid out one after the other, without padding.
 *
 * @param ids token ids
 * @param positions position of each token in its sequence, a shared prefix included
 * @param branches 0 for a prompt's own tokens, n for those of its n-th continuation
 * @param prompts where each prompt lies
 */
public record TokenRow(int[] ids, int[] positions, int[] branches, List<Prompt> prompts) {
  /**
   * A prompt's place in a row, as the kernel's {@code Prompt} has it.
   *
   * @param start its first token
   * @param context tokens before its first branch
   * @param length all its tokens
   * @param cacheRow row of the cache where its keys and values are kept
   * @param cacheColumn the first of their columns
   * @param sequence length of the whole sequence, by which some rotary embeddings choose their
   *     frequencies
   */
  public record Prompt(
      int start, int context, int length, int cacheRow, int cacheColumn, int sequence) {
    private IntStream numbers() {
      return IntStream.of(start, context, length, cacheRow, cacheColumn, sequence);
    }
  }

  public TokenRow {
    Objects.requireNonNull(ids, "ids is null");
    Objects.requireNonNull(positions, "positions is null");
    Objects.requireNonNull(branches, "branches is null");
    prompts = List.copyOf(prompts);
  }

  /** Returns six numbers for each prompt, as the kernel reads them. */
  int[] promptNumbers() {
    return prompts.stream().flatMapToInt(Prompt::numbers).toArray();
  }
}
