package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.kernel.Comparison;
import dev.palimpsest.decoder.kernel.Hidden;
import dev.palimpsest.inference.ScoreRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Compares a tuned model with its base on the same tokens. */
public final class Divergences {
  private final Lanes lanes;
  private final int vocabulary;

  /** Creates a comparison of models with a vocabulary of the given size. */
  public Divergences(Lanes lanes, int vocabulary) {
    this.lanes = lanes;
    this.vocabulary = vocabulary;
  }

  /** Compares both models at every token of each window's one continuation. */
  public List<Comparison> of(Side base, Side tuned, List<ScoreRequest> windows) {
    Comparison[] found = new Comparison[windows.size()];
    List<Lanes.Pass> passes = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      int index = i;
      passes.add(prefix -> found[index] = of(base, tuned, windows.get(index)));
    }
    lanes.run(passes);
    return List.of(found);
  }

  private Comparison of(Side base, Side tuned, ScoreRequest window) {
    int[] context = window.contextIds();
    int[] targets = window.continuationIds().get(0);
    int[] ids = Arrays.copyOf(context, context.length + targets.length - 1);
    System.arraycopy(targets, 0, ids, context.length, targets.length - 1);
    int[] rows = IntStream.range(context.length - 1, ids.length).toArray();
    try (Hidden a = base.hidden(ids, rows);
        Hidden b = tuned.hidden(ids, rows)) {
      return Comparison.of(a, b, targets, vocabulary);
    }
  }
}
