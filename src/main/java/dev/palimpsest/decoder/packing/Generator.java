package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.DecoderException;
import dev.palimpsest.decoder.GenerateOptions;
import dev.palimpsest.decoder.GenerateRequest;
import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Model;
import dev.palimpsest.decoder.kernel.Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Generates from many prompts at a time: prompts of similar length together, a common prefix
 * computed and kept once, finished rows taken out of the batch.
 */
public final class Generator {
  private final Kernel kernel;
  private final SharedPrefix shared;
  private final Limits limits;

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
   */
  public Generator(Kernel kernel, SharedPrefix shared, Limits limits) {
    this.kernel = kernel;
    this.shared = shared;
    this.limits = limits;
  }

  /**
   * Returns the new tokens of each prompt, its end token included.
   *
   * @param ends token ids that end a generation
   */
  public List<int[]> generate(Model model, List<GenerateRequest> requests, int[] ends) {
    Job job = job(requests, ends);
    Map<Manner, List<Integer>> byManner =
        IntStream.range(0, requests.size())
            .boxed()
            .collect(
                Collectors.groupingBy(
                    i -> Manner.of(requests.get(i).options()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    byManner.forEach(
        (manner, members) ->
            PrefixGroups.of(members, job.prompts()::get)
                .forEach(group -> generateGroup(model, job, manner, group)));
    return Arrays.asList(job.results());
  }

  /** How tokens are picked; one batch picks them in one manner. */
  record Manner(double temperature, double topP) {
    static Manner of(GenerateOptions options) {
      return new Manner(options.temperature(), options.topP());
    }
  }

  /**
   * What is to be generated.
   *
   * @param steps most new tokens of each prompt
   */
  record Job(List<int[]> prompts, int[] steps, long[] ends, Draws draws, int[][] results) {}

  private Job job(List<GenerateRequest> requests, int[] ends) {
    int[] steps = new int[requests.size()];
    long[] seeds = new long[requests.size()];
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < steps.length; i++) {
      GenerateOptions options = requests.get(i).options();
      steps[i] = Math.min(options.maxNewTokens(), limits.maxLength() - 1);
      seeds[i] = options.seed();
      prompts.add(fit(requests.get(i).promptIds(), limits.maxLength() - steps[i]));
    }
    long[] stops =
        ends.length == 0 ? new long[] {-3} : Arrays.stream(ends).asLongStream().toArray();
    return new Job(prompts, steps, stops, new Draws(prompts, seeds), new int[steps.length][]);
  }

  private static int[] fit(int[] prompt, int room) {
    if (prompt.length == 0) {
      throw new DecoderException("A prompt has no tokens; give at least one.");
    }
    return prompt.length <= room
        ? prompt
        : Arrays.copyOfRange(prompt, prompt.length - room, prompt.length);
  }

  private void generateGroup(
      Model model, Job job, Manner manner, PrefixGroups.Group<Integer> group) {
    List<Integer> members = new ArrayList<>(group.members());
    members.sort(Comparator.comparingInt(i -> -job.prompts().get(i).length));
    List<int[]> prompts = members.stream().map(job.prompts()::get).toList();
    int room = prompts.get(0).length - group.prefix();
    Prefix prefix = shared.of(model, prompts, group.prefix(), room);
    for (int from = 0; from < members.size(); ) {
      List<Integer> rest = members.subList(from, members.size());
      int[] rows = firstBatch(job, rest, prefix);
      try (GenerationBatch batch =
          new GenerationBatch(kernel, model, prefix, job, manner, limits.maxLength())) {
        batch.run(rows);
      }
      from += rows.length;
    }
  }

  private int[] firstBatch(Job job, List<Integer> members, Prefix prefix) {
    int width = job.prompts().get(members.get(0)).length - prefix.length();
    int steps = members.stream().mapToInt(i -> job.steps()[i]).max().orElseThrow();
    int count = Math.min(members.size(), limits.rowsFor(width + steps));
    return members.subList(0, count).stream().mapToInt(Integer::intValue).toArray();
  }
}
