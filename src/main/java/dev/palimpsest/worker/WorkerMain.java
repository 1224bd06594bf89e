package dev.palimpsest.worker;

import dev.palimpsest.Ending;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.decoder.local.ModelPair;
import dev.palimpsest.inference.RunnerOptions;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;

/** The worker process. */
public final class WorkerMain {
  private WorkerMain() {}

  /** Serves on standard input and output; the only argument is the number of threads. */
  public static void main(String[] args) throws IOException, InterruptedException {
    // Standard output belongs to the protocol: whatever a library prints goes to standard error.
    System.setOut(System.err);
    Ending.onSignals();
    int threads = args.length == 0 ? 1 : Integer.parseInt(args[0]);
    RunnerOptions options = RunnerOptions.usual().withThreads(threads);
    WorkerServer.serve(
        spec -> LocalRunner.open(spec, options),
        spec -> ModelPair.open(spec, options),
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out));
  }
}
