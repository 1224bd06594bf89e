package dev.palimpsest.worker;

import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelDescription;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.SequenceLogits;
import dev.palimpsest.inference.TextReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * The same model in several worker processes, each batch split among them.
 *
 * <p>On a CPU this scales where more threads within one operation do not. Each worker holds the
 * whole model in memory.
 */
public final class WorkerPool implements ModelRunner {
  private final List<WorkerRunner> workers;
  private final ExecutorService threads;

  private WorkerPool(List<WorkerRunner> workers, ExecutorService threads) {
    this.workers = List.copyOf(workers);
    this.threads = threads;
  }

  /**
   * Starts this many workers at once and has each load the model; GPUs are dealt out among them.
   */
  public static WorkerPool start(ModelSpec spec, WorkerOptions options, int count) {
    Gpus gpus = Gpus.visible();
    ExecutorService threads = Executors.newFixedThreadPool(count, WorkerPool::daemon);
    Queue<WorkerRunner> started = new ConcurrentLinkedQueue<>();
    List<CompletableFuture<WorkerRunner>> starting =
        IntStream.range(0, count)
            .mapToObj(i -> starting(spec, gpus.dealTo(options, i), started, threads))
            .toList();
    try {
      return new WorkerPool(join(starting), threads);
    } catch (RuntimeException e) {
      started.forEach(WorkerRunner::close);
      threads.shutdown();
      throw e;
    }
  }

  private static CompletableFuture<WorkerRunner> starting(
      ModelSpec spec, WorkerOptions options, Queue<WorkerRunner> started, Executor threads) {
    return CompletableFuture.supplyAsync(
        () -> {
          WorkerRunner worker = WorkerRunner.start(spec, options);
          started.add(worker);
          return worker;
        },
        threads);
  }

  @Override
  public ModelDescription description() {
    return workers.get(0).description();
  }

  @Override
  public List<Encoded> encode(Optional<String> adapter, List<EncodeRequest> requests) {
    return workers.get(0).encode(adapter, requests);
  }

  @Override
  public List<String> pieces(Optional<String> adapter, int[] ids) {
    return workers.get(0).pieces(adapter, ids);
  }

  @Override
  public List<List<ContinuationScore>> score(
      Optional<String> adapter, List<ScoreRequest> requests) {
    return split(requests, (worker, part) -> worker.score(adapter, part));
  }

  @Override
  public List<Generation> generate(Optional<String> adapter, List<GenerateRequest> requests) {
    return split(requests, (worker, part) -> worker.generate(adapter, part));
  }

  @Override
  public List<SequenceLogits> logits(Optional<String> adapter, List<int[]> sequences) {
    return split(sequences, (worker, part) -> worker.logits(adapter, part));
  }

  @Override
  public List<TextReading> read(
      Optional<String> base, List<Optional<String>> tuned, List<ScoreRequest> requests) {
    return split(requests, (worker, part) -> worker.read(base, tuned, part));
  }

  @Override
  public void close() {
    workers.forEach(WorkerRunner::close);
    threads.shutdown();
  }

  private <I, O> List<O> split(List<I> all, BiFunction<WorkerRunner, List<I>, List<O>> run) {
    List<CompletableFuture<List<O>>> running = new ArrayList<>();
    for (int i = 0; i < workers.size(); i++) {
      WorkerRunner worker = workers.get(i);
      List<I> part =
          all.subList(all.size() * i / workers.size(), all.size() * (i + 1) / workers.size());
      if (!part.isEmpty()) {
        running.add(CompletableFuture.supplyAsync(() -> run.apply(worker, part), threads));
      }
    }
    return join(running).stream().flatMap(List::stream).toList();
  }

  /** Waits for all, so that no worker is busy when a failure comes out. */
  private static <T> List<T> join(List<CompletableFuture<T>> running) {
    try {
      CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
      return running.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException | CancellationException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new DecoderException("The inference workers failed; try again.", e);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "worker-pool");
    thread.setDaemon(true);
    return thread;
  }
}
