package dev.palimpsest.decoder.packing;

import dev.palimpsest.inference.Amplification;
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
 * Generates from a base and a tuned model at a time, each token picked by the amplified difference
 * of the two.
 *
 * <p>Both go through the same tokens, so a step costs a step of each. No prefix is shared, and
 * there is no repetition penalty. A generation ends where rotary embeddings change with the length.
 */
public final class Amplifier {
  private final Lanes lanes;
  private final Generator.Limits limits;
  private final int restart;
  private final Halving halving = new Halving();

  /**
   * Creates an amplifier.
   *
   * @param limits of a batch; the bytes of a token are those of both models together
   * @param restart the length at which keys and values would have to be computed anew; 0 for none
   */
  public Amplifier(Lanes lanes, Generator.Limits limits, int restart) {
    this.lanes = lanes;
    this.limits = limits;
    this.restart = restart;
  }

  /**
   * Returns the new tokens of each prompt, its end token included.
   *
   * @param ends token ids that end a generation
   */
  public List<int[]> generate(
      Side base, Side tuned, Amplification how, List<GenerateRequest> requests, int[] ends) {
    Job job = job(requests, ends);
    Map<Manner, List<Integer>> alike =
        IntStream.range(0, requests.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> -job.prompts().get(i).length))
            .collect(
                Collectors.groupingBy(
                    i -> Manner.of(requests.get(i).options()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Lanes.Pass> passes = new ArrayList<>();
    alike.forEach(
        (manner, members) -> {
          for (int from = 0; from < members.size(); ) {
            List<Integer> batch = firstBatch(job, members.subList(from, members.size()));
            passes.add(
                prefix -> halving.run(batch, rows -> run(base, tuned, how, job, manner, rows)));
            from += batch.size();
          }
        });
    lanes.run(passes);
    return List.of(job.results());
  }

  private static void run(
      Side base, Side tuned, Amplification how, Job job, Manner manner, List<Integer> rows) {
    try (AmplifiedBatch batch = new AmplifiedBatch(base, tuned, how, job, manner)) {
      batch.run(rows.stream().mapToInt(Integer::intValue).toArray());
    }
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
  record Job(List<int[]> prompts, int[] steps, int[] ends, Draws draws, int[][] results) {
    boolean isEnd(int token) {
      return Arrays.stream(ends).anyMatch(end -> end == token);
    }
  }

  private Job job(List<GenerateRequest> requests, int[] ends) {
    int[] steps = new int[requests.size()];
    long[] seeds = new long[requests.size()];
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < steps.length; i++) {
      GenerateOptions options = requests.get(i).options();
      int[] prompt = requests.get(i).promptIds();
      if (prompt.length == 0) {
        throw new DecoderException("A prompt has no tokens; give at least one.");
      }
      int most = Math.min(options.maxNewTokens(), limits.maxLength() - 1);
      int cut = Math.max(0, prompt.length - (limits.maxLength() - most));
      int[] kept = Arrays.copyOfRange(prompt, cut, prompt.length);
      prompts.add(kept);
      steps[i] = kept.length <= restart ? Math.min(most, restart - kept.length + 1) : most;
      seeds[i] = options.seed();
    }
    Draws draws = new Draws(prompts, seeds, new int[steps.length]);
    return new Job(prompts, steps, ends, draws, new int[steps.length][]);
  }

  private List<Integer> firstBatch(Job job, List<Integer> members) {
    int width = job.prompts().get(members.get(0)).length;
    int steps = members.stream().mapToInt(i -> job.steps()[i]).max().orElseThrow();
    int even = (members.size() + lanes.count() - 1) / lanes.count();
    int rows = Math.min(even, limits.rowsFor(width + steps, lanes.count()));
    return members.subList(0, rows);
  }
}
