package dev.palimpsest.inference;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How to generate.
 *
 * @param maxNewTokens upper bound of new tokens per prompt, at least 1
 * @param temperature 0 for greedy
 * @param topP nucleus, in (0, 1]; 1 for all
 * @param seed of the sampler; each prompt draws from its own stream, so results do not depend on
 *     the batch
 * @param thinkingTokens most new tokens of thinking, its marks included, after which up to {@code
 *     maxNewTokens} follow; 0 where thinking counts as the rest does
 */
public record GenerateOptions(
    int maxNewTokens,
    double temperature,
    double topP,
    long seed,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int thinkingTokens) {
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
    if (thinkingTokens < 0) {
      throw new IllegalArgumentException("thinkingTokens < 0");
    }
  }

  /** Makes options in which thinking has no limit of its own. */
  public GenerateOptions(int maxNewTokens, double temperature, double topP, long seed) {
    this(maxNewTokens, temperature, topP, seed, 0);
  }

  /** Returns greedy decoding of at most the given number of tokens. */
  public static GenerateOptions greedy(int maxNewTokens) {
    return new GenerateOptions(maxNewTokens, 0, 1, 0);
  }

  /** Returns these options with a limit of its own for thinking. */
  public GenerateOptions withThinking(int tokens) {
    return new GenerateOptions(maxNewTokens, temperature, topP, seed, tokens);
  }
}
