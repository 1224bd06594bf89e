package dev.palimpsest.decoder.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.inference.Amplification;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.PairSpec;
import dev.palimpsest.inference.RunnerOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The amplified difference of two models, against the same formula over whole logits. */
@Tag("slow")
final class AmplifiedGenerationTest {
  private static final Path LLAMA = Golden.ROOT.resolve("llama");
  private static final Path ADAPTER = LLAMA.resolve("adapters/lora_plain");
  private static final int STEPS = 12;
  private static final List<int[]> PROMPTS =
      List.of(new int[] {1, 17, 200, 33, 90}, new int[] {1, 40}, new int[] {1, 17, 60});

  @ParameterizedTest
  @CsvSource({"1,0,1", "3,0.1,1", "-0.5,0,1", "1,0.1,0.5", "0,0,1"})
  void eachTokenIsTheMostLikelyOfTheFormula(double alpha, double plausible, double scale) {
    Amplification how = new Amplification(alpha, plausible);
    try (ModelPair pair = open(scale);
        LocalRunner runner =
            LocalRunner.open(new ModelSpec(LLAMA, DType.FLOAT32, Map.of("a", ADAPTER)))) {
      List<Generation> made = pair.amplify(how, requests(PROMPTS, GenerateOptions.greedy(STEPS)));

      for (int i = 0; i < PROMPTS.size(); i++) {
        int[] ids = made.get(i).ids();
        assertThat(ids).hasSizeBetween(1, STEPS);
        for (int step = 0; step < ids.length; step++) {
          int[] before = joined(PROMPTS.get(i), ids, step);
          float[] base = logits(runner, Optional.empty(), before);
          float[] tuned = logits(runner, Optional.of("a@" + scale), before);
          assertThat(gap(base, tuned, how, ids[step])).isLessThan(1e-3);
        }
      }
    }
  }

  @Test
  void withoutAmplificationItIsThePlainGenerationOfTheTunedModel() {
    try (ModelPair pair = open(1);
        LocalRunner runner =
            LocalRunner.open(new ModelSpec(LLAMA, DType.FLOAT32, Map.of("a", ADAPTER)))) {
      GenerateOptions sampled = new GenerateOptions(STEPS, 0.9, 0.95, 7);
      List<Generation> plain = runner.generate(Optional.of("a"), PROMPTS, sampled);

      assertThat(pair.amplify(new Amplification(0, 0), requests(PROMPTS, sampled)))
          .usingRecursiveComparison()
          .isEqualTo(plain);
    }
  }

  @Test
  void samplesDependOnTheSeedAndNotOnTheBatch() {
    GenerateOptions sampled = new GenerateOptions(STEPS, 1, 1, 3);
    Amplification how = Amplification.of(2);
    try (ModelPair pair = open(1)) {
      List<Generation> together = pair.amplify(how, requests(PROMPTS, sampled));
      for (int i = 0; i < PROMPTS.size(); i++) {
        List<int[]> alone = List.of(PROMPTS.get(i));
        assertThat(pair.amplify(how, requests(alone, sampled)).get(0).ids())
            .isEqualTo(together.get(i).ids());
      }
      List<int[]> often = Collections.nCopies(6, PROMPTS.get(0));
      List<Generation> several = pair.amplify(how, requests(often, sampled));
      assertThat(several.stream().map(one -> Arrays.toString(one.ids())).distinct())
          .hasSizeGreaterThan(1);
    }
  }

  @Test
  void twoCheckpointsAreAmplifiedAsWellAsAnAdapter() {
    Amplification how = Amplification.of(1);
    PairSpec same =
        new PairSpec(
            PairSpec.Side.of(Golden.ROOT.resolve("llama_v4_layout")),
            PairSpec.Side.of(LLAMA, ADAPTER, 1),
            DType.FLOAT32);
    List<GenerateRequest> requests = requests(PROMPTS, GenerateOptions.greedy(STEPS));
    try (ModelPair one = open(1);
        ModelPair two = ModelPair.open(same, RunnerOptions.usual().withThreads(2))) {
      assertThat(two.amplify(how, requests))
          .usingRecursiveComparison()
          .isEqualTo(one.amplify(how, requests));
    }
  }

  private static ModelPair open(double scale) {
    PairSpec spec =
        new PairSpec(
            PairSpec.Side.of(LLAMA), PairSpec.Side.of(LLAMA, ADAPTER, scale), DType.FLOAT32);
    return ModelPair.open(spec, RunnerOptions.usual());
  }

  private static List<GenerateRequest> requests(List<int[]> prompts, GenerateOptions options) {
    return prompts.stream().map(ids -> new GenerateRequest(ids, options)).toList();
  }

  private static int[] joined(int[] prompt, int[] made, int count) {
    int[] all = Arrays.copyOf(prompt, prompt.length + count);
    System.arraycopy(made, 0, all, prompt.length, count);
    return all;
  }

  private static float[] logits(ModelRunner runner, Optional<String> adapter, int[] ids) {
    return runner.logits(adapter, List.of(ids)).get(0).logitsLast();
  }

  /** How far a token lies below the best one of the formula; infinite where it is not plausible. */
  private static double gap(float[] base, float[] tuned, Amplification how, int token) {
    double top = Double.NEGATIVE_INFINITY;
    for (float value : tuned) {
      top = Math.max(top, value);
    }
    double best = Double.NEGATIVE_INFINITY;
    double own = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < tuned.length; i++) {
      boolean plausible = tuned[i] >= top + Math.log(how.plausible()) - 1e-4;
      double value = plausible ? tuned[i] + how.alpha() * (tuned[i] - base[i]) : -1e30;
      boolean surely = tuned[i] >= top + Math.log(how.plausible()) + 1e-4;
      best = surely ? Math.max(best, value) : best;
      own = i == token ? value : own;
    }
    return best - own;
  }
}
