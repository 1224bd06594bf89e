package dev.palimpsest.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.palimpsest.decoder.kernel.EngineReport;
import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.ScoreRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs where there is a GPU and an engine for it; the golden tests then compute on it as well. */
final class GpuIT {
  private static final Path LLAMA = Path.of("src/test/resources/golden/llama");

  /** Two float32 sums of other order, as between any two devices. */
  private static final double LOG_LIKELIHOOD = 1e-3;

  @BeforeEach
  void thereIsOne() {
    assumeTrue(EngineReport.ask().devices().size() > 1, "no GPU, or no engine for it");
  }

  @Test
  void items_are_split_among_one_worker_for_each_gpu() {
    WorkerOptions options = WorkerOptions.withThreads(1);
    int count = Gpus.visible().workers();
    ModelSpec spec = new ModelSpec(LLAMA, DType.FLOAT32, Map.of());
    try (ModelRunner all = new WorkerLoader(options, count).load(spec);
        ModelRunner onCpu = new WorkerLoader(options.on(""), 1).load(spec)) {
      assertThat(all.description().device()).startsWith("cuda");
      assertThat(onCpu.description().device()).isEqualTo("cpu");
      double[] expected = scores(onCpu);
      assertThat(scores(all)).containsExactly(expected, within(LOG_LIKELIHOOD));
    }
  }

  private static double[] scores(ModelRunner runner) {
    List<ScoreRequest> requests =
        IntStream.range(0, 16)
            .mapToObj(
                i ->
                    new ScoreRequest(
                        new int[] {1, 5 + i, 9}, List.of(new int[] {7, 8 + i}, new int[] {3})))
            .toList();
    return runner.score(Optional.empty(), requests).stream()
        .flatMap(List::stream)
        .mapToDouble(ContinuationScore::logProb)
        .toArray();
  }
}
