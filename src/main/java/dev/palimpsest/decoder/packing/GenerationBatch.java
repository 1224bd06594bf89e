package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Model;
import dev.palimpsest.decoder.kernel.Prefix;
import dev.palimpsest.decoder.kernel.Sampling;
import dev.palimpsest.decoder.kernel.StepState;
import dev.palimpsest.decoder.kernel.Tensors;
import dev.palimpsest.inference.DecoderException;
import java.util.Arrays;
import java.util.List;

/**
 * One batch of prompts on its way to their ends.
 *
 * <p>Prompts end at the same column of the cache, so that each step writes one column for all rows.
 */
final class GenerationBatch implements AutoCloseable {
  /** Steps per call of the kernel; between calls the work can be stopped. */
  private static final int STEPS = 16;

  private final Kernel kernel;
  private final Roster.Pass models;
  private final Prefix prefix;
  private final Generator.Job job;
  private final Generator.Manner manner;
  private final int maxLength;

  private Tensors cache;
  private int column;
  private int done;
  private Rows rows;

  /** The rows that go on: which prompt, first column, last token, new tokens so far. */
  private record Rows(int[] prompts, int[] first, int[] last, IntList[] made) {
    int count() {
      return prompts.length;
    }
  }

  GenerationBatch(
      Kernel kernel,
      Roster.Pass models,
      Prefix prefix,
      Generator.Job job,
      Generator.Manner manner,
      int maxLength) {
    this.kernel = kernel;
    this.models = models;
    this.prefix = prefix;
    this.job = job;
    this.manner = manner;
    this.maxLength = maxLength;
  }

  /** Generates for the given prompts of the job, the longest first, and stores what they made. */
  void run(int[] indices) {
    begin(indices, job.prompts());
    retire();
    while (rows.count() > 0) {
      Cancellation.check();
      advance(steps());
      retire();
    }
  }

  /**
   * Returns how many steps the rows take together. A row that reaches its limit among them makes
   * tokens that are dropped; no row may go past the last position of the model.
   */
  private int steps() {
    int longest = 0;
    int room = STEPS;
    for (int i = 0; i < rows.count(); i++) {
      longest = Math.max(longest, limit(i) - done);
      room = Math.min(room, maxLength - position(i));
    }
    return Math.min(room, longest);
  }

  private int limit(int row) {
    return job.steps()[rows.prompts()[row]];
  }

  private int position(int row) {
    return prefix.length() + column - rows.first()[row];
  }

  private void begin(int[] indices, List<int[]> prompts) {
    int steps = Arrays.stream(indices).map(i -> job.steps()[i]).max().orElseThrow();
    int width = prompts.get(indices[0]).length - prefix.length();
    cache = kernel.cache(indices.length, width + steps);
    RowBuilder row = new RowBuilder(prefix.length());
    int[] first = new int[indices.length];
    int[] lastToken = new int[indices.length];
    IntList[] made = new IntList[indices.length];
    for (int i = 0; i < indices.length; i++) {
      int[] prompt = prompts.get(indices[i]);
      first[i] = width - (prompt.length - prefix.length());
      row.addPrompt(prompt, i, first[i], prompt.length);
      lastToken[i] = row.size() - 1;
      made[i] = new IntList();
    }
    column = width;
    rows = new Rows(indices, first, new int[indices.length], made);
    Model model = models.of(row.promptOfToken(indices));
    if (manner.penalty() != 1) {
      noteTokens(model, indices, prompts);
    }
    append(kernel.begin(model, row.build(), cache, prefix, lastToken, sampling(1)), 1);
    done = 1;
  }

  private void noteTokens(Model model, int[] indices, List<int[]> prompts) {
    IntList rowOf = new IntList();
    IntList ids = new IntList();
    for (int i = 0; i < indices.length; i++) {
      for (int id : prompts.get(indices[i])) {
        rowOf.add(i);
        ids.add(id);
      }
    }
    replaceCache(kernel.noting(model, cache, rowOf.toArray(), ids.toArray()));
  }

  private void advance(int steps) {
    int[] positions = new int[rows.count()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = position(i);
    }
    StepState state = new StepState(rows.last(), positions, rows.first(), column);
    Model model = models.of(rows.prompts());
    long[] tokens = kernel.advance(model, state, cache, prefix, job.ends(), sampling(steps));
    int made = tokens.length / rows.count();
    append(tokens, made);
    column += made;
    done += made;
  }

  private Sampling sampling(int steps) {
    float[] numbers =
        manner.temperature() > 0
            ? job.draws().of(rows.prompts(), done, steps)
            : new float[rows.count() * steps];
    return new Sampling(numbers, manner.temperature(), manner.topP(), manner.penalty());
  }

  private void append(long[] tokens, int steps) {
    for (int i = 0; i < rows.count(); i++) {
      for (int s = 0; s < steps && rows.made()[i].size() < limit(i); s++) {
        int token = (int) tokens[i * steps + s];
        if (token == -1) {
          throw new DecoderException(
              "The model's output is not a number; its weights are damaged or overflow in this"
                  + " dtype (try float32).");
        }
        if (token >= 0) {
          rows.made()[i].add(token);
          rows.last()[i] = token;
        }
      }
    }
  }

  /** Takes finished rows out of the batch. */
  private void retire() {
    int[] going = new int[rows.count()];
    int count = 0;
    for (int i = 0; i < rows.count(); i++) {
      if (job.isEnd(rows.last()[i]) || isFull(i)) {
        job.results()[rows.prompts()[i]] = rows.made()[i].toArray();
      } else {
        going[count++] = i;
      }
    }
    if (count < rows.count()) {
      keep(Arrays.copyOf(going, count));
    }
  }

  /** Few tokens are never too many, so that the first step of a row costs no look at its text. */
  private boolean isFull(int row) {
    int made = rows.made()[row].size();
    return made == limit(row)
        || (made >= STEPS && job.isFull(rows.prompts()[row], rows.made()[row].toArray()));
  }

  private void keep(int[] going) {
    rows =
        new Rows(
            pick(rows.prompts(), going),
            pick(rows.first(), going),
            pick(rows.last(), going),
            Arrays.stream(going).mapToObj(i -> rows.made()[i]).toArray(IntList[]::new));
    if (going.length > 0) {
      replaceCache(kernel.keep(cache, going));
    }
  }

  private void replaceCache(Tensors other) {
    cache.close();
    cache = other;
  }

  private static int[] pick(int[] values, int[] indices) {
    return Arrays.stream(indices).map(i -> values[i]).toArray();
  }

  @Override
  public void close() {
    if (cache != null) {
      cache.close();
    }
  }
}
