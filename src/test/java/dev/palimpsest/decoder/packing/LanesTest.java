package dev.palimpsest.decoder.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.RunnerOptions;
import dev.palimpsest.inference.ScoreRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class LanesTest {
  private static final Path LLAMA = Path.of("src/test/resources/golden/llama");

  @Test
  void passesRunSideBySide() {
    CountDownLatch both = new CountDownLatch(2);
    Set<String> met = ConcurrentHashMap.newKeySet();
    try (Lanes lanes = new Lanes(null, 2)) {
      Lanes.Pass pass =
          prefix -> {
            both.countDown();
            await(both);
            met.add(Thread.currentThread().getName() + Thread.currentThread().getId());
          };
      lanes.run(List.of(pass, pass));
    }
    assertThat(met).hasSize(2);
  }

  @Test
  void theFirstFailureComesOutAndLaterPassesAreLeftOut() {
    Set<Integer> run = ConcurrentHashMap.newKeySet();
    List<Lanes.Pass> passes = new ArrayList<>();
    passes.add(
        prefix -> {
          throw new DecoderException("broken");
        });
    for (int i = 0; i < 1000; i++) {
      int index = i;
      passes.add(prefix -> run.add(index));
    }
    try (Lanes lanes = new Lanes(null, 2)) {
      assertThatThrownBy(() -> lanes.run(passes)).hasMessage("broken");
    }
    assertThat(run.size()).isLessThan(1000);
  }

  @Test
  void anInterruptionStopsAllLanesBeforeTheCallReturns() {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch stopped = new CountDownLatch(2);
    Thread caller = Thread.currentThread();
    Lanes.Pass pass =
        prefix -> {
          begun.countDown();
          while (begun.getCount() > 0) {
            Thread.onSpinWait();
          }
          caller.interrupt();
          while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
          }
          stopped.countDown();
        };
    try (Lanes lanes = new Lanes(null, 2)) {
      assertThatThrownBy(() -> lanes.run(List.of(pass, pass)))
          .isInstanceOf(DecoderException.class)
          .hasMessage("Stopped on request.");
    }
    assertThat(stopped.getCount()).isZero();
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void resultsDoNotDependOnTheNumberOfLanes() {
    List<ScoreRequest> requests = new ArrayList<>();
    List<int[]> prompts = new ArrayList<>();
    Random random = new Random(5);
    int[] shared = random.ints(40, 3, 400).toArray();
    for (int i = 0; i < 40; i++) {
      int[] own = random.ints(5 + random.nextInt(30), 3, 400).toArray();
      int[] context = i % 2 == 0 ? own : join(shared, own);
      prompts.add(context);
      requests.add(
          new ScoreRequest(
              context,
              List.of(random.ints(4, 3, 400).toArray(), random.ints(7, 3, 400).toArray())));
    }
    List<List<Double>> scores = new ArrayList<>();
    List<List<Generation>> texts = new ArrayList<>();
    for (int threads : new int[] {1, 3}) {
      ModelSpec spec = new ModelSpec(LLAMA, DType.FLOAT32, Map.of());
      try (LocalRunner runner =
          LocalRunner.open(spec, RunnerOptions.usual().withThreads(threads))) {
        scores.add(
            runner.score(Optional.empty(), requests).stream()
                .flatMap(List::stream)
                .map(score -> score.logProb())
                .toList());
        texts.add(runner.generate(Optional.empty(), prompts, GenerateOptions.greedy(12)));
      }
    }
    for (int i = 0; i < scores.get(0).size(); i++) {
      assertThat(scores.get(0).get(i)).isCloseTo(scores.get(1).get(i), within());
    }
    assertThat(texts.get(0)).usingRecursiveComparison().isEqualTo(texts.get(1));
  }

  /** What the project promises for float32 whatever else is in the batch. */
  private static Offset<Double> within() {
    return Offset.offset(1e-4);
  }

  private static int[] join(int[] a, int[] b) {
    int[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
