package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.DecoderException;
import dev.palimpsest.decoder.GenerateOptions;
import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Model;
import dev.palimpsest.decoder.kernel.Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Generates from many prompts at a time: prompts of similar length together, a common prefix
 * computed and kept once, finished rows taken out of the batch.
 */
public final class Generator {
  private final Kernel kernel;
  private final SharedPrefix shared;
  private final Limits limits;
  private final long[] ends;

  /**
   * What bounds a batch.
   *
   * @param maxLength longest sequence that the model takes
   * @param rows most prompts in a batch
   * @param cacheBytes most memory for keys and values
   * @param bytesPerToken keys and values of one token
   */
  public record Limits(int maxLength, int rows, long cacheBytes, long bytesPerToken) {
    int rowsFor(int columns) {
      long fit = cacheBytes / Math.max(1, columns * bytesPerToken);
      return (int) Math.max(1, Math.min(rows, fit));
    }
  }

  /**
   * Creates a generator.
   *
   * @param shared holds what prompts begin with in common
   * @param ends token ids that end a generation
   */
  public Generator(Kernel kernel, SharedPrefix shared, Limits limits, int[] ends) {
    this.kernel = kernel;
    this.shared = shared;
    this.limits = limits;
    this.ends = ends.length == 0 ? new long[] {-3} : Arrays.stream(ends).asLongStream().toArray();
  }

  /** Returns the new tokens of each prompt, its end token included. */
  public List<int[]> generate(Model model, List<int[]> prompts, GenerateOptions options) {
    int steps = Math.min(options.maxNewTokens(), limits.maxLength() - 1);
    List<int[]> fitted = prompts.stream().map(p -> fit(p, limits.maxLength() - steps)).toList();
    List<Integer> order = IntStream.range(0, fitted.size()).boxed().toList();
    int[][] results = new int[fitted.size()][];
    Draws draws = new Draws(fitted, options.seed());
    for (PrefixGroups.Group<Integer> group : PrefixGroups.of(order, fitted::get)) {
      generateGroup(model, new Job(fitted, options, steps, draws, results), group);
    }
    return Arrays.asList(results);
  }

  private record Job(
      List<int[]> prompts, GenerateOptions options, int steps, Draws draws, int[][] results) {}

  private static int[] fit(int[] prompt, int room) {
    if (prompt.length == 0) {
      throw new DecoderException("A prompt has no tokens; give at least one.");
    }
    return prompt.length <= room
        ? prompt
        : Arrays.copyOfRange(prompt, prompt.length - room, prompt.length);
  }

  private void generateGroup(Model model, Job job, PrefixGroups.Group<Integer> group) {
    List<Integer> members = new ArrayList<>(group.members());
    members.sort(Comparator.comparingInt(i -> -job.prompts().get(i).length));
    List<int[]> prompts = members.stream().map(job.prompts()::get).toList();
    int room = prompts.get(0).length - group.prefix();
    run(model, job, members, shared.of(model, prompts, group.prefix(), room));
  }

  private void run(Model model, Job job, List<Integer> members, Prefix prefix) {
    for (int from = 0; from < members.size(); ) {
      int width = job.prompts().get(members.get(from)).length - prefix.length();
      int to = Math.min(members.size(), from + limits.rowsFor(width + job.steps()));
      int[] rows = members.subList(from, to).stream().mapToInt(Integer::intValue).toArray();
      try (GenerationBatch batch =
          new GenerationBatch(kernel, model, prefix, ends, job.options(), job.draws())) {
        batch.run(rows, job.prompts(), job.steps(), job.results());
      }
      from = to;
    }
  }
}
