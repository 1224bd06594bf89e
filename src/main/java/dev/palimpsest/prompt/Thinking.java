package dev.palimpsest.prompt;

import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.Thought;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Where one generation stops, and what of it is thinking.
 *
 * <p>The limit of an answer counts after the closing mark where thinking has a limit of its own.
 * Marks are found in the text, since not every tokenizer has a token for them; the first closing
 * mark counts.
 */
public final class Thinking {
  private final Tokenizer tokenizer;
  private final IntPredicate isEnd;
  private final Optional<ThinkingMarks> opened;
  private final GenerateOptions options;

  Thinking(
      Tokenizer tokenizer,
      IntPredicate isEnd,
      Optional<ThinkingMarks> opened,
      GenerateOptions options) {
    this.tokenizer = tokenizer;
    this.isEnd = isEnd;
    this.opened = opened;
    this.options = options;
  }

  /** Tells whether enough new tokens were made; {@link #generation} cuts what is too much. */
  public boolean isFull(int[] ids) {
    return ids.length >= limit(ids);
  }

  /**
   * Returns the generation that new tokens are.
   *
   * @param made at least those that count; what goes past a limit is cut
   */
  public Generation generation(int[] made) {
    int[] ids = Arrays.copyOf(made, Math.min(made.length, limit(made)));
    boolean ended = ids.length > 0 && isEnd.test(ids[ids.length - 1]);
    return new Generation(
        ids,
        tokenizer.decode(ids, true),
        ended ? Generation.Finish.END : Generation.Finish.LENGTH,
        split(ids).map(split -> thought(ids, split)).orElse(null));
  }

  private Optional<ThinkingMarks.Split> split(int[] ids) {
    return ThinkingMarks.split(opened, tokenizer.decode(ids, false));
  }

  /** Returns how many of the new tokens count at most. */
  private int limit(int[] ids) {
    int most = options.maxNewTokens();
    int thinking = options.thinkingTokens();
    if (thinking == 0) {
      return most;
    }
    Optional<ThinkingMarks.Split> split = split(ids);
    if (split.isEmpty()) {
      return ThinkingMarks.mayBegin(tokenizer.decode(ids, false)) ? most + thinking : most;
    }
    if (!split.get().closed()) {
      return thinking;
    }
    int closing = thoughtTokens(ids);
    return closing > thinking ? thinking : closing + most;
  }

  /** Returns how many tokens go up to the closing mark, which is there. */
  private int thoughtTokens(int[] ids) {
    int without = 0;
    int with = ids.length;
    while (with - without > 1) {
      int middle = (without + with) / 2;
      if (split(Arrays.copyOf(ids, middle)).filter(ThinkingMarks.Split::closed).isPresent()) {
        with = middle;
      } else {
        without = middle;
      }
    }
    return with;
  }

  private Thought thought(int[] ids, ThinkingMarks.Split split) {
    if (!split.closed()) {
      return new Thought(withoutSpecials(split.thinking()), ids.length, false, "");
    }
    int tokens = thoughtTokens(ids);
    return new Thought(withoutSpecials(split.thinking()), tokens, true, answer(ids, tokens));
  }

  /** The token that ends the closing mark may hold the beginning of the answer too. */
  private String answer(int[] ids, int tokens) {
    String begun = split(Arrays.copyOf(ids, tokens)).orElseThrow().answer();
    String rest = tokenizer.decode(Arrays.copyOfRange(ids, tokens, ids.length), true);
    return (begun + rest).stripLeading();
  }

  /** Takes the tokens out that are no text; what is left is only shown. */
  private String withoutSpecials(String text) {
    return tokenizer.decode(tokenizer.encode(text, false), true).strip();
  }
}
