package dev.palimpsest.cli;

import dev.palimpsest.endpoint.EndpointLoader;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.inference.PairLoader;
import dev.palimpsest.worker.Gpus;
import dev.palimpsest.worker.WorkerLoader;
import dev.palimpsest.worker.WorkerOptions;
import dev.palimpsest.worker.WorkerPairLoader;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of commands that run a model in worker processes. */
final class InferenceOptions {
  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Worker processes that share each batch; every one holds the whole model (default: one for"
              + " each GPU, else 1).")
  private Optional<Integer> asked;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of each worker (default: OMP_NUM_THREADS, else all cores, shared out among the"
              + " workers).")
  private Optional<Integer> threads;

  @Option(
      names = "--worker-heap",
      paramLabel = "MB",
      defaultValue = "2048",
      description = "Java heap of a worker; weights lie outside it (default: 2048).")
  private int heap;

  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec command;

  /** Returns what loads models as the options say. */
  ModelLoader loader() {
    int workers = asked.orElseGet(Gpus.visible()::workers);
    require(workers >= 1 && workers <= 64, "--workers should be from 1 to 64.");
    return new EndpointLoader(new WorkerLoader(options(workers), workers));
  }

  /** Returns what loads two models side by side, in one worker. */
  PairLoader pairs() {
    return new WorkerPairLoader(options(1));
  }

  private WorkerOptions options(int workers) {
    int count = threads.orElseGet(() -> Math.max(1, Threads.usual() / workers));
    require(count >= 1 && count <= 256, "--threads should be from 1 to 256.");
    require(heap >= 256, "--worker-heap should be at least 256.");
    return WorkerOptions.withThreads(count).withHeap(heap);
  }

  private void require(boolean holds, String rule) {
    if (!holds) {
      throw new ParameterException(command.commandLine(), rule);
    }
  }
}
