package dev.palimpsest.checkpoint.adapter;

import java.util.List;
import java.util.Objects;

/**
 * Rows of an embedding or a head that an adapter replaces.
 *
 * @param tensor the adapter's tensor, [tokens, width]
 * @param tokens which rows they are, in the tensor's order
 */
public record TokenRows(String tensor, List<Integer> tokens) {
  public TokenRows {
    Objects.requireNonNull(tensor, "tensor is null");
    tokens = List.copyOf(tokens);
  }
}
