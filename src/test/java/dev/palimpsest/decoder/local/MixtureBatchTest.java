package dev.palimpsest.decoder.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.ScoreRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens meet other tokens at their experts, and heads have sinks: neither shows in a result. */
@Tag("slow")
final class MixtureBatchTest {
  private static final int VOCABULARY = 350;

  @ParameterizedTest
  @ValueSource(strings = {"gpt_oss", "qwen2_moe"})
  void scoresAfterASharedPrefixAreThoseOfEachSequenceAlone(String model) {
    try (LocalRunner runner = open(model)) {
      List<ScoreRequest> requests = requests(new Random(1));
      List<List<ContinuationScore>> together = runner.score(Optional.empty(), requests);
      for (int i = 0; i < requests.size(); i++) {
        for (int c = 0; c < 4; c++) {
          int[] continuation = requests.get(i).continuationIds().get(c);
          int[] whole = concat(requests.get(i).contextIds(), continuation);
          float[] alone = runner.logits(Optional.empty(), List.of(whole)).get(0).logProbs();
          assertThat(together.get(i).get(c).tokenLogProbs())
              .containsExactly(
                  Arrays.copyOfRange(alone, alone.length - continuation.length, alone.length),
                  within(1e-4f));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt_oss", "qwen2_moe"})
  void generationsAfterASharedPrefixAreThoseOfEachPromptAlone(String model) {
    Random random = new Random(2);
    int[] prefix = tokens(random, 40);
    List<int[]> prompts =
        IntStream.range(0, 8).mapToObj(i -> concat(prefix, tokens(random, 1 + 3 * i))).toList();
    try (LocalRunner runner = open(model)) {
      GenerateOptions options = GenerateOptions.greedy(16);
      List<Generation> together = runner.generate(Optional.empty(), prompts, options);
      for (int i = 0; i < prompts.size(); i++) {
        List<Generation> alone =
            runner.generate(Optional.empty(), List.of(prompts.get(i)), options);
        assertThat(together.get(i).ids()).containsExactly(alone.get(0).ids());
      }
    }
  }

  private static LocalRunner open(String model) {
    return LocalRunner.open(new ModelSpec(Golden.ROOT.resolve(model), DType.FLOAT32, Map.of()));
  }

  private static List<ScoreRequest> requests(Random random) {
    int[] prefix = tokens(random, 40);
    return IntStream.range(0, 12)
        .mapToObj(
            i -> {
              int[] context = concat(prefix, tokens(random, 1 + random.nextInt(30)));
              return new ScoreRequest(
                  context, IntStream.range(0, 4).mapToObj(c -> tokens(random, 1 + 2 * c)).toList());
            })
        .toList();
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
