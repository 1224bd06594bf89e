package dev.palimpsest.decoder.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.ScoreRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In float32, what a prompt gives does not depend on what else is computed with it. */
@Tag("slow")
final class BatchIndependenceTest {
  private static final int VOCABULARY = 461;

  /** Two orders of summation of float32 numbers. */
  private static final float TOLERANCE = 1e-4f;

  private static LocalRunner runner;

  @BeforeAll
  static void open() {
    runner = LocalRunner.open(new ModelSpec(Golden.ROOT.resolve("llama"), DType.FLOAT32, Map.of()));
  }

  @AfterAll
  static void close() {
    runner.close();
  }

  @Test
  void scoresAreThoseOfEachContinuationAlone() {
    assertSameAlone(items(new Random(1), new int[0], 32));
  }

  @Test
  void scoresAfterASharedPrefixAreThoseWithoutSharing() {
    assertSameAlone(items(new Random(2), tokens(new Random(3), 90), 16));
  }

  @Test
  void scoresAfterLongContextsAreThoseOfTheWholeSequence() {
    Random random = new Random(4);
    ScoreRequest request = new ScoreRequest(tokens(random, 400), choices(random, 4));
    assertSameAlone(List.of(request));
  }

  @Test
  void overlongContextsAreCutForEachContinuationByItself() {
    Random random = new Random(5);
    List<int[]> choices = List.of(tokens(random, 2), tokens(random, 40));
    assertSameAlone(List.of(new ScoreRequest(tokens(random, 500), choices)));
  }

  /** Compares with the log-probabilities of each whole sequence, computed alone. */
  private static void assertSameAlone(List<ScoreRequest> requests) {
    List<List<ContinuationScore>> together = runner.score(Optional.empty(), requests);
    for (int i = 0; i < requests.size(); i++) {
      for (int c = 0; c < requests.get(i).continuationIds().size(); c++) {
        int[] continuation = requests.get(i).continuationIds().get(c);
        float[] alone = alone(requests.get(i).contextIds(), continuation);
        assertThat(together.get(i).get(c).tokenLogProbs())
            .containsExactly(alone, within(TOLERANCE));
      }
    }
  }

  private static float[] alone(int[] context, int[] continuation) {
    int[] whole = concat(context, continuation);
    int cut = Math.max(0, whole.length - 513);
    // The model takes 512 tokens; the last one is only scored.
    int[] input = Arrays.copyOfRange(whole, cut, whole.length);
    if (input.length == 513) {
      return lastOfLongest(input, continuation.length);
    }
    float[] all = runner.logits(Optional.empty(), List.of(input)).get(0).logProbs();
    return Arrays.copyOfRange(all, all.length - continuation.length, all.length);
  }

  private static float[] lastOfLongest(int[] input, int scored) {
    int[] context = Arrays.copyOf(input, input.length - scored);
    int[] rest = Arrays.copyOfRange(input, input.length - scored, input.length);
    ScoreRequest request = new ScoreRequest(context, List.of(rest));
    return runner.score(Optional.empty(), List.of(request)).get(0).get(0).tokenLogProbs();
  }

  @Test
  void generationsAreThoseOfEachPromptAlone() {
    assertSameGenerations(prompts(new int[0]), GenerateOptions.greedy(24));
  }

  @Test
  void generationsAfterASharedPrefixAreThoseOfEachPromptAlone() {
    assertSameGenerations(prompts(tokens(new Random(8), 60)), GenerateOptions.greedy(24));
  }

  @Test
  void promptsOfOneBatchMayHaveLimitsAndMannersOfTheirOwn() {
    List<int[]> prompts = prompts(tokens(new Random(8), 20));
    List<GenerateRequest> requests = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      double temperature = i % 4 == 3 ? 0.8 : 0;
      requests.add(
          new GenerateRequest(
              prompts.get(i), new GenerateOptions(1 + 5 * (i % 5), temperature, 0.9, i)));
    }
    assertSameGenerations(requests);
  }

  @Test
  void aPromptThatEndsAtTheLastPositionDoesNotHoldUpTheOthers() {
    Random random = new Random(10);
    assertSameGenerations(
        List.of(
            new GenerateRequest(tokens(random, 510), GenerateOptions.greedy(2)),
            new GenerateRequest(tokens(random, 400), GenerateOptions.greedy(40))));
  }

  private static void assertSameGenerations(List<GenerateRequest> requests) {
    List<Generation> together = runner.generate(Optional.empty(), requests);
    for (int i = 0; i < requests.size(); i++) {
      Generation alone = runner.generate(Optional.empty(), List.of(requests.get(i))).get(0);
      assertThat(together.get(i).ids()).containsExactly(alone.ids());
      assertThat(alone.ids()).hasSizeLessThanOrEqualTo(requests.get(i).options().maxNewTokens());
    }
  }

  @Test
  void samplesDependOnSeedAndPromptOnly() {
    List<int[]> prompts = prompts(new int[0]);
    GenerateOptions options = new GenerateOptions(24, 0.8, 0.9, 42);
    assertSameGenerations(prompts, options);
    List<Generation> other =
        runner.generate(Optional.empty(), prompts, new GenerateOptions(24, 0.8, 0.9, 43));
    assertThat(other.get(0).ids())
        .isNotEqualTo(runner.generate(Optional.empty(), prompts, options).get(0).ids());
  }

  @Test
  void equalPromptsAreSampledApart() {
    int[] prompt = tokens(new Random(9), 12);
    List<Generation> made =
        runner.generate(
            Optional.empty(), List.of(prompt, prompt), new GenerateOptions(24, 1, 1, 42));
    assertThat(made.get(0).ids()).isNotEqualTo(made.get(1).ids());
  }

  private static void assertSameGenerations(List<int[]> prompts, GenerateOptions options) {
    List<Generation> together = runner.generate(Optional.empty(), prompts, options);
    for (int i = 0; i < prompts.size(); i++) {
      Generation alone = runner.generate(Optional.empty(), List.of(prompts.get(i)), options).get(0);
      assertThat(together.get(i).ids()).containsExactly(alone.ids());
    }
  }

  private static List<int[]> prompts(int[] prefix) {
    Random random = new Random(7);
    return IntStream.range(0, 12)
        .mapToObj(i -> concat(prefix, tokens(random, 1 + random.nextInt(30))))
        .toList();
  }

  private static List<ScoreRequest> items(Random random, int[] prefix, int count) {
    List<ScoreRequest> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] context = concat(prefix, tokens(random, 1 + random.nextInt(60)));
      items.add(new ScoreRequest(context, choices(random, 4)));
    }
    return items;
  }

  private static List<int[]> choices(Random random, int count) {
    return IntStream.range(0, count).mapToObj(i -> tokens(random, 1 + random.nextInt(8))).toList();
  }

  private static int[] tokens(Random random, int count) {
    return random.ints(count, 3, VOCABULARY).toArray();
  }

  private static int[] concat(int[] a, int[] b) {
    int[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }
}
