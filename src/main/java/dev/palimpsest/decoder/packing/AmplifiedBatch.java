package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.kernel.Logits;
import dev.palimpsest.decoder.kernel.Prefix;
import dev.palimpsest.decoder.kernel.Sampling;
import dev.palimpsest.decoder.kernel.StepState;
import dev.palimpsest.decoder.kernel.Tensors;
import dev.palimpsest.inference.Amplification;
import dev.palimpsest.inference.DecoderException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One batch of prompts on its way through two models.
 *
 * <p>Prompts end at the same column of both caches, so that each step writes one column for all
 * rows.
 */
final class AmplifiedBatch implements AutoCloseable {
  private final Half base;
  private final Half tuned;
  private final Amplification how;
  private final Amplifier.Job job;
  private final Amplifier.Manner manner;

  /** Which prompt, first column, last token and new tokens of each row that goes on. */
  private int[] prompts = {};

  private int[] first = {};
  private int[] last = {};
  private IntList[] made = {};

  private int column;
  private int done;

  AmplifiedBatch(
      Side base, Side tuned, Amplification how, Amplifier.Job job, Amplifier.Manner manner) {
    this.base = new Half(base);
    this.tuned = new Half(tuned);
    this.how = how;
    this.job = job;
    this.manner = manner;
  }

  /** One model with the keys and values of the batch. */
  private static final class Half implements AutoCloseable {
    private final Side side;
    private final Prefix none;
    private Tensors cache;

    Half(Side side) {
      this.side = side;
      this.none = new Prefix(side.kernel().nothing(), 0);
    }

    Logits begin(RowBuilder row, int rows, int columns, int[] lastToken) {
      cache = side.kernel().cache(rows, columns);
      return side.kernel().beginLogits(side.model(), row.build(), cache, none, lastToken);
    }

    Logits step(StepState state) {
      return side.kernel().stepLogits(side.model(), state, cache, none);
    }

    void keep(int[] rows) {
      Tensors kept = side.kernel().keep(cache, rows);
      cache.close();
      cache = kept;
    }

    @Override
    public void close() {
      if (cache != null) {
        cache.close();
      }
    }
  }

  /** Generates for the given prompts of the job, the longest first, and stores what they made. */
  void run(int[] indices) {
    begin(indices);
    retire();
    while (prompts.length > 0) {
      Cancellation.check();
      step();
      retire();
    }
  }

  private void begin(int[] indices) {
    int steps = Arrays.stream(indices).map(i -> job.steps()[i]).max().orElseThrow();
    column = job.prompts().get(indices[0]).length;
    RowBuilder row = new RowBuilder(0);
    int[] lastToken = new int[indices.length];
    prompts = indices;
    first = new int[indices.length];
    last = new int[indices.length];
    made = new IntList[indices.length];
    for (int i = 0; i < indices.length; i++) {
      int[] prompt = job.prompts().get(indices[i]);
      first[i] = column - prompt.length;
      row.addPrompt(prompt, i, first[i], prompt.length);
      lastToken[i] = row.size() - 1;
      made[i] = new IntList();
    }
    int columns = column + steps;
    try (Logits a = base.begin(row, indices.length, columns, lastToken);
        Logits b = tuned.begin(row, indices.length, columns, lastToken)) {
      take(a, b);
    }
  }

  private void step() {
    int[] positions = Arrays.stream(first).map(from -> column - from).toArray();
    StepState state = new StepState(last, positions, first, column);
    try (Logits a = base.step(state);
        Logits b = tuned.step(state)) {
      column++;
      take(a, b);
    }
  }

  private void take(Logits a, Logits b) {
    float[] draws =
        manner.temperature() > 0 ? job.draws().of(prompts, done, 1) : new float[prompts.length];
    Sampling sampling = new Sampling(draws, manner.temperature(), manner.topP(), 1);
    long[] tokens = base.side.kernel().pick(a, b, how, sampling);
    done++;
    last = new int[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0) {
        throw new DecoderException(
            "The models' output is not a number; their weights are damaged or overflow in this"
                + " dtype (try float32).");
      }
      last[i] = (int) tokens[i];
      made[i].add(last[i]);
    }
  }

  /** Takes finished rows out of the batch. */
  private void retire() {
    int[] going =
        IntStream.range(0, prompts.length)
            .filter(i -> !job.isEnd(last[i]) && made[i].size() < job.steps()[prompts[i]])
            .toArray();
    if (going.length == prompts.length) {
      return;
    }
    for (int i = 0; i < prompts.length; i++) {
      job.results()[prompts[i]] = made[i].toArray();
    }
    prompts = Arrays.stream(going).map(i -> prompts[i]).toArray();
    first = Arrays.stream(going).map(i -> first[i]).toArray();
    last = Arrays.stream(going).map(i -> last[i]).toArray();
    made = Arrays.stream(going).mapToObj(i -> made[i]).toArray(IntList[]::new);
    if (going.length > 0) {
      base.keep(going);
      tuned.keep(going);
    }
  }

  @Override
  public void close() {
    base.close();
    tuned.close();
  }
}
