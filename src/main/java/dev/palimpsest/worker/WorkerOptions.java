package dev.palimpsest.worker;

import dev.palimpsest.worker.inspection.ChildJava;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How worker processes are run.
 *
 * @param threads threads of each worker, at least 1
 * @param heapMegabytes Java heap; the weights live outside it
 * @param silence how long a worker may say nothing, not even a heartbeat
 * @param patience how long one request may take
 * @param gpu the only GPU that the worker sees, by the driver's number or name; empty for all
 */
public record WorkerOptions(
    int threads, int heapMegabytes, Duration silence, Duration patience, Optional<String> gpu) {
  private static final int DEFAULT_HEAP = 2048;
  private static final String CRASH_LOG = "/palimpsest-worker-%p.log";

  public WorkerOptions {
    Objects.requireNonNull(silence, "silence is null");
    Objects.requireNonNull(patience, "patience is null");
    Objects.requireNonNull(gpu, "gpu is null");
    if (threads < 1) {
      throw new IllegalArgumentException("threads < 1");
    }
    if (heapMegabytes < 64) {
      throw new IllegalArgumentException("heapMegabytes < 64");
    }
  }

  /** Returns the usual options with this many threads per worker. */
  public static WorkerOptions withThreads(int threads) {
    return new WorkerOptions(
        threads, DEFAULT_HEAP, Duration.ofSeconds(90), Duration.ofHours(1), Optional.empty());
  }

  /** Returns the same options with this much Java heap per worker. */
  public WorkerOptions withHeap(int megabytes) {
    return new WorkerOptions(threads, megabytes, silence, patience, gpu);
  }

  /** Returns the same options for a worker that sees one GPU only. */
  WorkerOptions on(String only) {
    return new WorkerOptions(threads, heapMegabytes, silence, patience, Optional.of(only));
  }

  /** Returns the command that starts a worker with the Java and the class path of this process. */
  List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(ChildJava.binary());
    command.add("-Xmx" + heapMegabytes + "m");
    command.add("-XX:ErrorFile=" + System.getProperty("java.io.tmpdir") + CRASH_LOG);
    command.addAll(ChildJava.options());
    passOn(command, "palimpsest.home");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(WorkerMain.class.getName());
    command.add(Integer.toString(threads));
    return command;
  }

  private static void passOn(List<String> command, String property) {
    String value = System.getProperty(property);
    if (value != null) {
      command.add("-D" + property + "=" + value);
    }
  }
}
