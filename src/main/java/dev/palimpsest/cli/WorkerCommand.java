package dev.palimpsest.cli;

import dev.palimpsest.worker.WorkerMain;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code palimpsest worker}: runs a model for the application that started it. */
@Command(
    name = "worker",
    description =
        "Runs a model for another palimpsest, in JSON lines over standard input and output.",
    hidden = true,
    mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException, InterruptedException {
    WorkerMain.main(new String[0]);
    return ExitCode.PASS;
  }
}
