package dev.palimpsest.decoder.packing;

import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.ScoreRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts over-long contexts from the left and joins requests with equal contexts.
 *
 * <p>As in lm-eval, the model's input is the last {@code maxLength + 1} tokens of context and
 * continuation without the final one. Continuations of different length can therefore see
 * differently cut contexts; such a request is split. So are the continuations of one context that
 * are too many for one pass.
 */
final class ScoreUnits {
  /** A continuation that is longer, and longer than its context, gains nothing from company. */
  private static final int LONG = 64;

  /**
   * Most tokens that grow from a context in one pass. Each sees none of the other continuations',
   * by a mask that grows with the square of all.
   */
  private static final int TOGETHER = 1024;

  /** Token ids and a regime as the key of a map. */
  private record Key(int[] ids, int regime) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && regime == key.regime && Arrays.equals(ids, key.ids);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(ids) + regime;
    }
  }

  private final int maxLength;
  private final Regimes regimes;

  /** A unit that takes more continuations, and how many of their tokens it has. */
  private static final class Open {
    private final ScoreUnit unit;
    private int tokens;

    Open(int[] context, int length) {
      this.unit = new ScoreUnit(context, length, new ArrayList<>());
    }

    boolean hasRoomFor(int[] continuation) {
      return tokens == 0 || tokens + continuation.length - 1 <= TOGETHER;
    }

    void add(ScoreUnit.Branch branch) {
      unit.branches().add(branch);
      tokens += branch.ids().length - 1;
    }
  }

  private final List<ScoreUnit> alone = new ArrayList<>();
  private final List<ScoreUnit> joined = new ArrayList<>();
  private final Map<Key, Open> open = new HashMap<>();

  private ScoreUnits(int maxLength, Regimes regimes) {
    this.maxLength = maxLength;
    this.regimes = regimes;
  }

  static List<ScoreUnit> of(List<ScoreRequest> requests, int maxLength, Regimes regimes) {
    ScoreUnits all = new ScoreUnits(maxLength, regimes);
    for (int r = 0; r < requests.size(); r++) {
      ScoreRequest request = requests.get(r);
      for (int c = 0; c < request.continuationIds().size(); c++) {
        all.add(request.contextIds(), request.continuationIds().get(c), r, c);
      }
    }
    List<ScoreUnit> found = new ArrayList<>(all.joined);
    found.addAll(all.alone);
    return found;
  }

  private void add(int[] context, int[] continuation, int r, int c) {
    if (continuation.length > maxLength) {
      throw new DecoderException(
          "A continuation of %d tokens is longer than the %d that the model takes; shorten it."
              .formatted(continuation.length, maxLength));
    }
    int cut = Math.max(0, context.length + continuation.length - (maxLength + 1));
    int[] kept = cut == 0 ? context : Arrays.copyOfRange(context, cut, context.length);
    int length = kept.length + continuation.length - 1;
    ScoreUnit.Branch branch = new ScoreUnit.Branch(r, c, continuation, cut > 0);
    if (continuation.length > Math.max(LONG, kept.length)) {
      alone.add(new ScoreUnit(kept, length, List.of(branch)));
    } else {
      withRoom(kept, length, continuation).add(branch);
    }
  }

  private Open withRoom(int[] context, int length, int[] continuation) {
    Key key = new Key(context, regimes.of(length));
    Open unit = open.get(key);
    if (unit == null || !unit.hasRoomFor(continuation)) {
      unit = new Open(unit == null ? context : unit.unit.context(), length);
      open.put(key, unit);
      joined.add(unit.unit);
    }
    return unit;
  }
}
