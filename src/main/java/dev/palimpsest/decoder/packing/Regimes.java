package dev.palimpsest.decoder.packing;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Lengths of sequences between which rotary embeddings differ.
 *
 * <p>Some models turn all tokens of a longer sequence by other frequencies. What is computed of a
 * token in one regime is of no use in another, so work is shared only within a regime.
 *
 * @param ofLength the number of a length's regime; 0 for all lengths if the model has but one
 * @param restart where all keys and values are computed anew when a generation grows beyond so many
 *     tokens; 0 if what is computed stays
 */
public record Regimes(IntUnaryOperator ofLength, int restart) {
  /** That of models whose rotary embeddings do not depend on the length. */
  public static final Regimes ONE = new Regimes(length -> 0, 0);

  public Regimes {
    Objects.requireNonNull(ofLength, "ofLength is null");
  }

  int of(int length) {
    return ofLength.applyAsInt(length);
  }

  /** Parts what is to be computed by the regimes of its lengths. */
  <T> Iterable<List<T>> part(List<T> all, ToIntFunction<T> length) {
    Map<Integer, List<T>> parts =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    one -> of(length.applyAsInt(one)), TreeMap::new, Collectors.toList()));
    return parts.values();
  }
}
