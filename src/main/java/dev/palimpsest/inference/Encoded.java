package dev.palimpsest.inference;

import java.util.List;
import java.util.Objects;

/**
 * A prompt as the model sees it.
 *
 * @param rendered the text after the chat template
 * @param contextIds token ids of the context
 * @param continuationIds token ids of each continuation by lm-eval's split rule: trailing
 *     whitespace of the context moves to the continuation; ids = encode(context +
 *     continuation)[len(encode(context)):]
 */
public record Encoded(String rendered, int[] contextIds, List<int[]> continuationIds) {
  public Encoded {
    Objects.requireNonNull(rendered, "rendered is null");
    Objects.requireNonNull(contextIds, "contextIds is null");
    continuationIds = List.copyOf(continuationIds);
  }
}
