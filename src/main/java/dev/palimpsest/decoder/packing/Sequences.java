package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Likelihoods;
import dev.palimpsest.decoder.kernel.Model;
import dev.palimpsest.inference.SequenceLogits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Computes whole sequences. */
public final class Sequences {
  private Sequences() {}

  /** Reads every position of each sequence. */
  public static List<SequenceLogits> logits(
      Kernel kernel, Model model, Lanes lanes, List<int[]> sequences) {
    SequenceLogits[] results = new SequenceLogits[sequences.size()];
    List<Lanes.Pass> passes = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      int index = i;
      passes.add(prefix -> results[index] = logits(kernel, model, sequences.get(index)));
    }
    lanes.run(passes);
    return List.of(results);
  }

  private static SequenceLogits logits(Kernel kernel, Model model, int[] ids) {
    RowBuilder row = new RowBuilder(0);
    row.addPrompt(ids, 0, 0, ids.length);
    int[] at = IntStream.range(0, ids.length - 1).toArray();
    int[] targets = Arrays.copyOfRange(ids, 1, ids.length);
    Likelihoods found = kernel.inspect(model, row.build(), at, targets);
    int[] argmax = Arrays.stream(found.mostLikely()).mapToInt(Math::toIntExact).toArray();
    return new SequenceLogits(found.logits(), found.logProbs(), argmax);
  }
}
