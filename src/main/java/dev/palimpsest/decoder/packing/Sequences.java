package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.SequenceLogits;
import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Likelihoods;
import dev.palimpsest.decoder.kernel.Model;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Computes whole sequences, one at a time. */
public final class Sequences {
  private Sequences() {}

  /** Reads every position of a sequence. */
  public static Likelihoods inspect(Kernel kernel, Model model, int[] ids) {
    RowBuilder row = new RowBuilder(0);
    row.addPrompt(ids, 0, 0);
    int[] at = IntStream.range(0, ids.length - 1).toArray();
    return kernel.inspect(model, row.build(), at, Arrays.copyOfRange(ids, 1, ids.length));
  }

  /** Returns what was read in the form that callers see. */
  public static SequenceLogits toLogits(Likelihoods found) {
    int[] argmax = Arrays.stream(found.mostLikely()).mapToInt(Math::toIntExact).toArray();
    return new SequenceLogits(found.logits(), found.logProbs(), argmax);
  }
}
