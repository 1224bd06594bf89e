package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.suite.Item;
import java.util.List;
import java.util.Optional;

/**
 * An item in tokens.
 *
 * @param item what is asked
 * @param prompts its prompts, tokenized
 * @param options how the answer is generated, if it is
 * @param key content key of the result
 * @param maxLength the longest sequence the model takes, in tokens
 */
record Prepared(
    Item item,
    List<Encoded> prompts,
    Optional<GenerateOptions> options,
    String key,
    int maxLength) {
  /** Why an item cannot be run. */
  record Obstacle(Outcome.State state, String sentence) {}

  /** Returns the same item, with room for thinking before its answer. */
  Prepared thinking(int tokens, ContentKey keys) {
    Optional<GenerateOptions> longer = options.map(usual -> usual.withThinking(tokens));
    return new Prepared(item, prompts, longer, keys.of(prompts, longer), maxLength);
  }

  String rendered() {
    return prompts.get(0).rendered();
  }

  boolean isRunnable() {
    return obstacle().isEmpty();
  }

  Optional<Obstacle> obstacle() {
    for (Encoded prompt : prompts) {
      if (prompt.contextIds().length == 0) {
        return Optional.of(
            new Obstacle(Outcome.State.ERROR, "The prompt has no tokens, so nothing follows it."));
      }
      if (prompt.continuationIds().stream().anyMatch(ids -> ids.length == 0)) {
        return Optional.of(
            new Obstacle(
                Outcome.State.ERROR,
                "A choice has no tokens of its own in this tokenizer, so it has no likelihood."));
      }
    }
    return tooLong();
  }

  private Optional<Obstacle> tooLong() {
    int length = prompts.get(0).contextIds().length;
    int answer = options.map(GenerateOptions::maxNewTokens).orElse(0);
    if (options.isEmpty() || length + answer <= maxLength) {
      return Optional.empty();
    }
    return Optional.of(
        new Obstacle(
            Outcome.State.TRUNCATED,
            "The prompt has "
                + length
                + " tokens and the answer may have "
                + answer
                + ", but the model takes "
                + maxLength
                + "."));
  }
}
