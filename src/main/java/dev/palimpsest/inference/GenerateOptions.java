package dev.palimpsest.inference;

/**
 * How to generate.
 *
 * @param maxNewTokens upper bound of new tokens per prompt, at least 1
 * @param temperature 0 for greedy
 * @param topP nucleus, in (0, 1]; 1 for all
 * @param seed of the sampler; each prompt draws from its own stream, so results do not depend on
 *     the batch
 */
public record GenerateOptions(int maxNewTokens, double temperature, double topP, long seed) {
  public GenerateOptions {
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException("maxNewTokens < 1");
    }
    if (!(temperature >= 0)) {
      throw new IllegalArgumentException("temperature should not be negative");
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("topP should be in (0, 1]");
    }
  }

  /** Returns greedy decoding of at most the given number of tokens. */
  public static GenerateOptions greedy(int maxNewTokens) {
    return new GenerateOptions(maxNewTokens, 0, 1, 0);
  }
}
