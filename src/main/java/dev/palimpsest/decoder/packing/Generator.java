package dev.palimpsest.decoder.packing;

import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Model;
import dev.palimpsest.decoder.kernel.Prefix;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.GenerateRequest;
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
  /** Smaller batches are not made to keep every lane busy. */
  private static final int ROWS_LEAST = 4;

  /** A step reads all weights, however few rows take it, in the time that so many tokens take. */
  private static final long STEP_TOKENS = 12;

  private final Kernel kernel;
  private final Lanes lanes;
  private final Limits limits;
  private final Regimes regimes;
  private final double penalty;
  private final Halving halving = new Halving();

  /**
   * What bounds a batch.
   *
   * @param maxLength longest sequence that the model takes
   * @param rows most prompts in a batch
   * @param cacheBytes most memory for keys and values, of all lanes together
   * @param bytesPerToken keys and values of one token
   */
  public record Limits(int maxLength, int rows, long cacheBytes, long bytesPerToken) {
    int rowsFor(int columns, int lanes) {
      long fit = cacheBytes / lanes / Math.max(1, columns * bytesPerToken);
      return (int) Math.max(1, Math.min(rows, fit));
    }
  }

  /**
   * Creates a generator.
   *
   * @param lanes where batches are run
   * @param regimes lengths that are computed apart
   * @param penalty of repetitions; 1 for none
   */
  public Generator(Kernel kernel, Lanes lanes, Limits limits, Regimes regimes, double penalty) {
    this.kernel = kernel;
    this.lanes = lanes;
    this.limits = limits;
    this.regimes = regimes;
    this.penalty = penalty;
  }

  /**
   * Returns the new tokens of each prompt, its end token included.
   *
   * @param roster which model each request is for
   * @param ends token ids that end a generation
   * @param stop ends a generation before its last step; asked now and then, so that some tokens
   *     more may have been made
   */
  public List<int[]> generate(
      Roster roster, List<GenerateRequest> requests, int[] ends, Stop stop) {
    Job job = job(roster, requests, ends, stop);
    List<Integer> all = IntStream.range(0, requests.size()).boxed().toList();
    Job beginning = job.until(regimes.restart());
    generate(roster, requests, beginning, all);
    Job rest = job.after(beginning);
    List<Integer> going = all.stream().filter(i -> rest.steps()[i] > 0).toList();
    generate(roster, requests, rest, going);
    return all.stream().map(i -> joined(beginning.results()[i], rest.results()[i])).toList();
  }

  /** Says of a request whether its new tokens are enough. */
  @FunctionalInterface
  public interface Stop {
    boolean isFull(int request, int[] made);
  }

  private static int[] joined(int[] first, int[] second) {
    if (second == null) {
      return first;
    }
    int[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private void generate(
      Roster roster, List<GenerateRequest> requests, Job job, List<Integer> members) {
    Map<Manner, List<Integer>> byManner =
        members.stream()
            .collect(
                Collectors.groupingBy(
                    i -> Manner.of(requests.get(i).options(), penalty),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Lanes.Pass> passes = new ArrayList<>();
    byManner.forEach(
        (manner, alike) -> {
          for (List<Integer> part : regimes.part(alike, i -> job.prompts().get(i).length)) {
            passes.addAll(batches(roster, job, manner, part));
          }
        });
    lanes.run(passes);
  }

  /** Batches of requests that are picked alike, by model or, where that is faster, together. */
  private List<Lanes.Pass> batches(Roster roster, Job job, Manner manner, List<Integer> requests) {
    List<PrefixGroups.Group<Integer>> apart = new ArrayList<>();
    for (List<Integer> part : roster.apart(requests)) {
      apart.addAll(PrefixGroups.of(part, job.prompts()::get, STEP_TOKENS * steps(job, part)));
    }
    if (roster.models().size() > 1 && gainsTogether(job, apart, requests)) {
      var all = new PrefixGroups.Group<>(0, requests);
      return batches(roster.together(), job, manner, all);
    }
    List<Lanes.Pass> passes = new ArrayList<>();
    for (PrefixGroups.Group<Integer> group : apart) {
      Roster.Pass model = roster.alone(group.members().get(0));
      passes.addAll(batches(model, job, manner, group));
    }
    return passes;
  }

  /**
   * Weighs the steps that fewer and larger batches save against the prefixes that they do not
   * share.
   */
  private boolean gainsTogether(
      Job job, List<PrefixGroups.Group<Integer>> apart, List<Integer> requests) {
    long prefixes = 0;
    long batches = 0;
    for (PrefixGroups.Group<Integer> group : apart) {
      prefixes += (long) group.prefix() * (group.members().size() - 1);
      batches += count(job, group.members());
    }
    return STEP_TOKENS * steps(job, requests) * (batches - count(job, requests)) > prefixes;
  }

  /** Returns the most steps that one of some requests may take. */
  private static int steps(Job job, List<Integer> members) {
    return members.stream().mapToInt(i -> job.steps()[i]).max().orElse(0);
  }

  /** Returns how many batches some requests take. */
  private int count(Job job, List<Integer> members) {
    int width = members.stream().mapToInt(i -> job.prompts().get(i).length).max().orElse(0);
    int steps = steps(job, members);
    int rows = limits.rowsFor(width + steps, lanes.count());
    return (members.size() + rows - 1) / rows;
  }

  /** How tokens are picked; one batch picks them in one manner. */
  record Manner(double temperature, double topP, double penalty) {
    static Manner of(GenerateOptions options, double penalty) {
      return new Manner(options.temperature(), options.topP(), penalty);
    }
  }

  /**
   * What is to be generated.
   *
   * @param steps most new tokens of each prompt
   * @param before what was made of each prompt before, which is part of it now
   */
  record Job(
      List<int[]> prompts,
      int[] steps,
      long[] ends,
      Draws draws,
      Stop stop,
      int[][] before,
      int[][] results) {
    Job(List<int[]> prompts, int[] steps, long[] ends, Draws draws, Stop stop, int[][] before) {
      this(prompts, steps, ends, draws, stop, before, new int[steps.length][]);
    }

    /** Tells whether a prompt needs no further tokens. */
    boolean isFull(int prompt, int[] made) {
      return stop.isFull(prompt, joined(before[prompt], made));
    }

    /** Returns the part of it that is made from sequences of at most so many tokens; 0 for all. */
    Job until(int length) {
      int[] first = steps.clone();
      for (int i = 0; i < first.length; i++) {
        int left = length - prompts.get(i).length + 1;
        first[i] = length > 0 && left > 0 ? Math.min(first[i], left) : first[i];
      }
      return new Job(prompts, first, ends, draws, stop, before);
    }

    /**
     * Returns what is left after a part is done; no steps for a prompt that has come to its end.
     */
    Job after(Job part) {
      List<int[]> longer = new ArrayList<>();
      int[] left = new int[steps.length];
      for (int i = 0; i < left.length; i++) {
        int[] made = part.results[i];
        longer.add(joined(prompts.get(i), made));
        boolean ended =
            made.length < part.steps[i]
                || isEnd(made[made.length - 1])
                || (steps[i] > made.length && isFull(i, made));
        left[i] = ended ? 0 : steps[i] - made.length;
      }
      return new Job(longer, left, ends, draws.of(longer), stop, part.results);
    }

    boolean isEnd(int token) {
      return Arrays.stream(ends).anyMatch(end -> end == token);
    }
  }

  private Job job(Roster roster, List<GenerateRequest> requests, int[] ends, Stop stop) {
    int[] steps = new int[requests.size()];
    long[] seeds = new long[requests.size()];
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < steps.length; i++) {
      GenerateOptions options = requests.get(i).options();
      int[] prompt = requests.get(i).promptIds();
      steps[i] = steps(options, prompt.length);
      seeds[i] = options.seed();
      prompts.add(fit(prompt, limits.maxLength() - steps[i]));
    }
    long[] stops =
        ends.length == 0 ? new long[] {-3} : Arrays.stream(ends).asLongStream().toArray();
    Draws draws = new Draws(prompts, seeds, roster.chosen());
    return new Job(prompts, steps, stops, draws, stop, new int[steps.length][0]);
  }

  /** Thinking gets what prompt and answer leave of the model's length; no prompt is cut for it. */
  private int steps(GenerateOptions options, int prompt) {
    int most = Math.min(options.maxNewTokens(), limits.maxLength() - 1);
    int left = Math.max(0, limits.maxLength() - prompt - most);
    return most + Math.min(left, options.thinkingTokens());
  }

  private static int[] fit(int[] prompt, int room) {
    if (prompt.length == 0) {
      throw new DecoderException("A prompt has no tokens; give at least one.");
    }
    return prompt.length <= room
        ? prompt
        : Arrays.copyOfRange(prompt, prompt.length - room, prompt.length);
  }

  private List<Lanes.Pass> batches(
      Roster.Pass models, Job job, Manner manner, PrefixGroups.Group<Integer> group) {
    List<Integer> members = new ArrayList<>(group.members());
    members.sort(Comparator.comparingInt(i -> -job.prompts().get(i).length));
    int[] longest = job.prompts().get(members.get(0));
    int room = longest.length - group.prefix();
    List<Lanes.Pass> batches = new ArrayList<>();
    for (int from = 0; from < members.size(); ) {
      List<Integer> batch = firstBatch(job, members, from, group.prefix());
      batches.add(
          shared -> {
            Model model = models.of(indices(batch));
            Prefix prefix = shared.of(model, longest, group.prefix(), room, longest.length);
            halving.run(batch, rows -> run(rows, models, prefix, job, manner));
          });
      from += batch.size();
    }
    return batches;
  }

  private void run(List<Integer> rows, Roster.Pass models, Prefix prefix, Job job, Manner manner) {
    try (GenerationBatch batch =
        new GenerationBatch(kernel, models, prefix, job, manner, limits.maxLength())) {
      batch.run(indices(rows));
    }
  }

  private static int[] indices(List<Integer> rows) {
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }

  private List<Integer> firstBatch(Job job, List<Integer> members, int from, int prefix) {
    List<Integer> rest = members.subList(from, members.size());
    int width = job.prompts().get(rest.get(0)).length - prefix;
    int steps = steps(job, rest);
    int even = Math.max(ROWS_LEAST, (members.size() + lanes.count() - 1) / lanes.count());
    int count = Math.min(Math.min(rest.size(), even), limits.rowsFor(width + steps, lanes.count()));
    return rest.subList(0, count);
  }
}
