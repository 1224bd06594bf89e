package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.DecoderException;
import dev.palimpsest.decoder.ScoreRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts over-long contexts from the left and joins requests with equal contexts.
 *
 * <p>As in lm-eval, the model's input is the last {@code maxLength + 1} tokens of context and
 * continuation without the final one. Continuations of different length can therefore see
 * differently cut contexts; such a request is split.
 */
final class ScoreUnits {
  /** Token ids as the key of a map. */
  private record Key(int[] ids) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(ids, key.ids);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(ids);
    }
  }

  private ScoreUnits() {}

  static List<ScoreUnit> of(List<ScoreRequest> requests, int maxLength) {
    Map<Key, ScoreUnit> units = new LinkedHashMap<>();
    for (int r = 0; r < requests.size(); r++) {
      ScoreRequest request = requests.get(r);
      for (int c = 0; c < request.continuationIds().size(); c++) {
        add(units, request.contextIds(), request.continuationIds().get(c), r, c, maxLength);
      }
    }
    return List.copyOf(units.values());
  }

  private static void add(
      Map<Key, ScoreUnit> units, int[] context, int[] continuation, int r, int c, int maxLength) {
    if (continuation.length > maxLength) {
      throw new DecoderException(
          "A continuation of %d tokens is longer than the %d that the model takes; shorten it."
              .formatted(continuation.length, maxLength));
    }
    int cut = Math.max(0, context.length + continuation.length - (maxLength + 1));
    Key key = new Key(cut == 0 ? context : Arrays.copyOfRange(context, cut, context.length));
    units
        .computeIfAbsent(key, k -> new ScoreUnit(k.ids(), new ArrayList<>()))
        .branches()
        .add(new ScoreUnit.Branch(r, c, continuation, cut > 0));
  }
}
