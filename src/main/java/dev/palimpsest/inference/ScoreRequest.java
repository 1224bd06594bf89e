package dev.palimpsest.inference;

import java.util.List;
import java.util.Objects;

/**
 * Continuations of one context, scored together: the context is computed once.
 *
 * @param contextIds at least one token
 * @param continuationIds each at least one token
 */
public record ScoreRequest(int[] contextIds, List<int[]> continuationIds) {
  public ScoreRequest {
    Objects.requireNonNull(contextIds, "contextIds is null");
    continuationIds = List.copyOf(continuationIds);
    if (contextIds.length == 0) {
      throw new IllegalArgumentException("contextIds is empty");
    }
    for (int[] ids : continuationIds) {
      if (ids.length == 0) {
        throw new IllegalArgumentException("a continuation is empty");
      }
    }
  }

  /** Scores what was encoded: each continuation after its context. */
  public static ScoreRequest of(Encoded encoded) {
    return new ScoreRequest(encoded.contextIds(), encoded.continuationIds());
  }
}
