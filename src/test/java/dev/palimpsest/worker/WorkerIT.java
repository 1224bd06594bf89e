package dev.palimpsest.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.ScoreRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real worker processes with the tiny fixture model. */
final class WorkerIT {
  private static final WorkerOptions OPTIONS = WorkerOptions.withThreads(1).withHeap(256);
  private static final ModelSpec SPEC =
      new ModelSpec(fixture("llama"), DType.FLOAT32, Map.of("plain", fixture("adapters/plain")));
  private static final Optional<String> PLAIN = Optional.of("plain");
  private static final List<ScoreRequest> SCORES =
      List.of(
          new ScoreRequest(new int[] {1, 40, 50}, List.of(new int[] {60, 61}, new int[] {62})),
          new ScoreRequest(new int[] {1, 41}, List.of(new int[] {63})));
  private static final List<int[]> PROMPTS = List.of(new int[] {1, 40, 50}, new int[] {1, 41});

  @Test
  void theNumbersAreThoseOfThisProcessToTheLastBit() {
    try (ModelRunner here = LocalRunner.open(SPEC);
        ModelRunner there = WorkerRunner.start(SPEC, OPTIONS)) {
      assertSame(there, here);
      assertThat(there.score(PLAIN, SCORES))
          .usingRecursiveComparison()
          .isEqualTo(here.score(PLAIN, SCORES));
    }
  }

  @Test
  void aPoolAnswersAsOneWorkerDoes() {
    try (ModelRunner here = LocalRunner.open(SPEC);
        ModelRunner there = WorkerPool.start(SPEC, OPTIONS, 2)) {
      assertSame(there, here);
    }
  }

  @Test
  void anUnusableCheckpointIsRefusedInTheSameWordsAsHere() {
    ModelSpec missing = new ModelSpec(Path.of("/no/such/model"), DType.FLOAT32, Map.of());
    Throwable here = catchThrowable(() -> LocalRunner.open(missing));
    Throwable there = catchThrowable(() -> WorkerRunner.start(missing, OPTIONS));
    assertThat(there).isInstanceOf(CheckpointException.class).hasMessage(here.getMessage());
  }

  @Test
  void aBadRequestLeavesTheWorkerInService() {
    try (WorkerRunner worker = WorkerRunner.start(SPEC, OPTIONS)) {
      List<ScoreRequest> bad =
          List.of(new ScoreRequest(new int[] {99_999}, List.of(new int[] {1})));
      assertThatThrownBy(() -> worker.score(Optional.empty(), bad))
          .isInstanceOf(DecoderException.class)
          .isNotInstanceOf(WorkerDiedException.class)
          .hasMessageContaining("99999");
      assertThat(worker.score(Optional.empty(), SCORES)).hasSize(2);
    }
  }

  @Test
  void aKilledWorkerIsReportedWithItsSignal() {
    try (WorkerRunner worker = WorkerRunner.start(SPEC, OPTIONS)) {
      CompletableFuture<?> busy =
          CompletableFuture.runAsync(
              () ->
                  worker.generate(
                      PLAIN,
                      Collections.nCopies(1_000, PROMPTS.get(0)),
                      GenerateOptions.greedy(500)));
      CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
          .execute(() -> ProcessHandle.of(worker.pid()).orElseThrow().destroyForcibly());
      assertThatThrownBy(busy::join)
          .cause()
          .isInstanceOfSatisfying(
              WorkerDiedException.class, e -> assertThat(e.how()).isEqualTo("signal 9, SIGKILL"));
      assertThatThrownBy(() -> worker.score(PLAIN, SCORES)).isInstanceOf(WorkerDiedException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "KILL | The inference worker stopped (signal 9, SIGKILL); the system has probably run out"
            + " of memory, so close something or use bfloat16.",
        "SEGV | The inference worker stopped (signal 11, SIGSEGV); native code crashed, which is no"
            + " fault of the items.",
        "ABRT | The inference worker stopped (signal 6, SIGABRT); native code crashed, which is no"
            + " fault of the items.",
        "TERM | The inference worker stopped (signal 15, SIGTERM)."
      })
  void theSignalThatEndedAWorkerIsNamed(String signal, String sentence) {
    try (WorkerRunner worker = WorkerRunner.start(SPEC, OPTIONS)) {
      send(signal, worker.pid());
      assertThatThrownBy(() -> worker.score(PLAIN, SCORES))
          .isInstanceOf(WorkerDiedException.class)
          .hasMessage(sentence);
    }
  }

  @Test
  void aWorkerThatSaysNothingIsEnded() {
    WorkerOptions impatient =
        new WorkerOptions(1, 256, Duration.ofSeconds(4), Duration.ofMinutes(1), Optional.empty());
    try (WorkerRunner worker = WorkerRunner.start(SPEC, impatient)) {
      send("STOP", worker.pid());
      assertThatThrownBy(() -> worker.score(PLAIN, SCORES))
          .isInstanceOf(WorkerDiedException.class)
          .hasMessage("The inference worker stopped (no sign of life for 4 seconds).");
    }
  }

  @Test
  void aWorkerEndsWhenItsInputCloses() throws Exception {
    Process process = new ProcessBuilder(OPTIONS.command()).start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).contains("\"hello\":\"palimpsest-worker/2\"");
      process.getOutputStream().close();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static void assertSame(ModelRunner there, ModelRunner here) {
    List<EncodeRequest> texts =
        List.of(new EncodeRequest(new Prompt.Text("The river ran"), List.of(" on", " \u00fcber")));
    GenerateOptions options = GenerateOptions.greedy(12);
    assertThat(there.description()).isEqualTo(here.description());
    assertEqual(there.encode(Optional.empty(), texts), here.encode(Optional.empty(), texts));
    assertEqual(there.score(PLAIN, SCORES), here.score(PLAIN, SCORES));
    assertEqual(there.score(Optional.empty(), SCORES), here.score(Optional.empty(), SCORES));
    assertEqual(there.generate(PLAIN, PROMPTS, options), here.generate(PLAIN, PROMPTS, options));
    assertEqual(there.logits(PLAIN, PROMPTS), here.logits(PLAIN, PROMPTS));
  }

  /** Batches of another size round differently: as near as float32 is to the reference. */
  private static void assertEqual(Object there, Object here) {
    assertThat(there)
        .usingRecursiveComparison()
        .withEqualsForType((a, b) -> Math.abs(a - b) <= 1e-4f, Float.class)
        .isEqualTo(here);
  }

  private static void send(String signal, long pid) {
    try {
      assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor())
          .isZero();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path fixture(String name) {
    try {
      return Path.of(WorkerIT.class.getResource("/checkpoint/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
