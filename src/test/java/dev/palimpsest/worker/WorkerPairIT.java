package dev.palimpsest.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.palimpsest.decoder.local.ModelPair;
import dev.palimpsest.inference.Amplification;
import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.PairRunner;
import dev.palimpsest.inference.PairSpec;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.RunnerOptions;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.TextDivergence;
import dev.palimpsest.inference.TextReading;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two models side by side in a real worker, against the same two in this process. */
final class WorkerPairIT {
  private static final WorkerOptions OPTIONS = WorkerOptions.withThreads(1).withHeap(256);
  private static final Path LLAMA = Path.of("src/test/resources/golden/llama");
  private static final PairSpec SPEC =
      PairSpec.of(LLAMA, LLAMA.resolve("adapters/lora_plain"), DType.FLOAT32);
  private static final int WINDOW = 16;

  @Test
  void theNumbersAreThoseOfThisProcessToTheLastBit() {
    List<String> texts = List.of("Anna has the keys to the boat house, and no one else.", "No.");
    List<ScoreRequest> answers =
        List.of(new ScoreRequest(new int[] {1, 40, 50}, List.of(new int[] {60, 61, 62})));
    List<GenerateRequest> prompts =
        List.of(new GenerateRequest(new int[] {1, 40}, new GenerateOptions(8, 0.8, 1, 5)));
    try (PairRunner here = ModelPair.open(SPEC, RunnerOptions.usual());
        PairRunner there = WorkerPairRunner.start(SPEC, OPTIONS)) {
      assertThat(there.description()).isEqualTo(here.description());
      assertSame(there.compareTexts(texts, WINDOW), here.compareTexts(texts, WINDOW));
      assertSame(there.compare(answers), here.compare(answers));
      assertThat(there.amplify(Amplification.of(1), prompts))
          .usingRecursiveComparison()
          .isEqualTo(here.amplify(Amplification.of(1), prompts));
    }
  }

  @Test
  void aLoadedModelComparesItsAdaptersAsTheTwoSideBySideDo() {
    List<ScoreRequest> answers =
        List.of(
            new ScoreRequest(new int[] {1, 40, 50}, List.of(new int[] {60, 61, 62})),
            new ScoreRequest(new int[] {1}, List.of(new int[] {40, 50, 60, 61})));
    ModelSpec spec =
        new ModelSpec(LLAMA, DType.FLOAT32, Map.of("plain", LLAMA.resolve("adapters/lora_plain")));
    try (PairRunner pair = ModelPair.open(SPEC, RunnerOptions.usual());
        ModelRunner one = WorkerRunner.start(spec, OPTIONS);
        ModelRunner pool = WorkerPool.start(spec, OPTIONS, 2)) {
      List<TextDivergence> expected = pair.compare(answers);
      Optional<String> plain = Optional.of("plain");
      List<Optional<String>> both = List.of(plain, Optional.empty());
      for (ModelRunner loaded : List.of(one, pool)) {
        List<TextReading> found = loaded.read(Optional.empty(), both, answers);
        for (int i = 0; i < answers.size(); i++) {
          TextReading text = found.get(i);
          TextReading.Tuned tuned = text.tuned().get(0);
          assertThat(tuned.divergence()).containsExactly(expected.get(i).divergence());
          assertThat(text.base().logProb()).isCloseTo(expected.get(i).baseLogProb(), within(1e-5));
          assertThat(tuned.score().logProb())
              .isCloseTo(expected.get(i).tunedLogProb(), within(1e-5));
          assertThat(text.tuned().get(1).divergence()).containsOnly(0.0);
        }
      }
      assertThat(one.score(plain, answers).get(1).get(0).tokenLogProbs())
          .containsExactly(
              one.read(Optional.empty(), both, answers)
                  .get(1)
                  .tuned()
                  .get(0)
                  .score()
                  .tokenLogProbs(),
              within(1e-5f));
    }
  }

  @Test
  void anAnswerIsComparedTokenByTokenAfterItsPrompt() {
    Prompt asked = new Prompt.Chat(List.of(new ChatMessage("user", "Where?")), "");
    try (PairRunner pair = WorkerPairRunner.start(SPEC, OPTIONS)) {
      Encoded encoded =
          pair.encode(List.of(new EncodeRequest(asked, List.of("At the pier.")))).get(0);
      TextDivergence found =
          pair.compare(List.of(new ScoreRequest(encoded.contextIds(), encoded.continuationIds())))
              .get(0);

      assertThat(found.divergence()).hasSameSizeAs(encoded.continuationIds().get(0));
      assertThat(Arrays.stream(found.divergence()).min().orElseThrow()).isNotNegative();
      assertThat(Arrays.stream(found.divergence()).max().orElseThrow()).isGreaterThan(0);
    }
  }

  @Test
  void modelsThatDoNotGoTogetherAreRefused() {
    Path other = Path.of("src/test/resources/golden/gpt2");
    assertThatThrownBy(
            () -> WorkerPairRunner.start(PairSpec.of(LLAMA, other, DType.FLOAT32), OPTIONS))
        .isInstanceOf(DecoderException.class)
        .hasMessageContaining("vocabulary");
  }

  private static void assertSame(List<TextDivergence> there, List<TextDivergence> here) {
    assertThat(there).usingRecursiveComparison().isEqualTo(here);
  }
}
