package dev.palimpsest.cli;

import dev.palimpsest.audit.plan.ArmFiles;
import dev.palimpsest.audit.plan.Candidate;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** Reads the files of a base on a thread of its own, while the suites are read. */
final class BaseReading {
  private final FutureTask<Candidate> task;

  private BaseReading(FutureTask<Candidate> task) {
    this.task = task;
  }

  static BaseReading begin(Candidate base, Consumer<String> progress) {
    FutureTask<Candidate> task = new FutureTask<>(() -> ArmFiles.read(base, progress));
    Thread thread = new Thread(task, "base");
    thread.setDaemon(true);
    thread.start();
    return new BaseReading(task);
  }

  /**
   * Returns the base with its digest, once it is read.
   *
   * @throws dev.palimpsest.checkpoint.CheckpointException if it cannot be used
   */
  Candidate await() {
    try {
      return task.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("reading the base was interrupted", e);
    }
  }
}
