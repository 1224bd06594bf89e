package dev.palimpsest.decoder.packing;

import java.util.List;
import java.util.Objects;

/**
 * One context, cut to fit the model, and everything that is scored after it.
 *
 * @param context at least one token
 * @param length tokens of the context and of a continuation; those of the others are in the same
 *     regime
 * @param branches the continuations, of one or several requests
 */
record ScoreUnit(int[] context, int length, List<Branch> branches) {
  /**
   * A continuation and where its score goes.
   *
   * @param request index of the request
   * @param index index of the continuation within it
   * @param ids its tokens, at least one
   * @param truncated whether the context was cut
   */
  record Branch(int request, int index, int[] ids, boolean truncated) {
    Branch {
      Objects.requireNonNull(ids, "ids is null");
    }
  }

  /** Returns how many tokens a row needs for it after a shared prefix. */
  int tokens(int prefix) {
    int sum = context.length - prefix;
    for (Branch branch : branches) {
      sum += branch.ids().length - 1;
    }
    return sum;
  }
}
