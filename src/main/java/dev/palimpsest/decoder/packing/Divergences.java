package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.kernel.Comparison;
import dev.palimpsest.decoder.kernel.Hidden;
import dev.palimpsest.inference.ScoreRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Compares tuned models with their base, which is computed once, on the same tokens. */
public final class Divergences {
  private final Lanes lanes;
  private final int vocabulary;

  /** Creates a comparison of models with a vocabulary of the given size. */
  public Divergences(Lanes lanes, int vocabulary) {
    this.lanes = lanes;
    this.vocabulary = vocabulary;
  }

  /**
   * Compares the models at every token of each window's one continuation.
   *
   * @return for each window one comparison for each tuned model, in order
   */
  public List<List<Comparison>> of(Side base, List<Side> tuned, List<ScoreRequest> windows) {
    List<List<Comparison>> found = new ArrayList<>(Collections.nCopies(windows.size(), List.of()));
    List<Lanes.Pass> passes = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      int index = i;
      passes.add(prefix -> found.set(index, of(base, tuned, windows.get(index))));
    }
    lanes.run(passes);
    return found;
  }

  private List<Comparison> of(Side base, List<Side> tuned, ScoreRequest window) {
    int[] context = window.contextIds();
    int[] targets = window.continuationIds().get(0);
    int[] ids = Arrays.copyOf(context, context.length + targets.length - 1);
    System.arraycopy(targets, 0, ids, context.length, targets.length - 1);
    int[] rows = IntStream.range(context.length - 1, ids.length).toArray();
    List<Hidden> of = new ArrayList<>();
    try (Hidden known = base.hidden(ids, rows)) {
      tuned.forEach(side -> of.add(side.hidden(ids, rows)));
      return Comparison.of(known, of, targets, vocabulary);
    } finally {
      of.forEach(Hidden::close);
    }
  }
}
