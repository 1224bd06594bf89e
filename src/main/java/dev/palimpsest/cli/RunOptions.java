package dev.palimpsest.cli;

import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.RunnerOptions;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * Options of the commands that run a model in this process.
 *
 * <p>A superclass, as picocli hands the command to mixins of the command itself only.
 */
class RunOptions {
  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      defaultValue = "float32",
      converter = DTypeConverter.class,
      description = "float32 (default) or bfloat16.")
  private DType dtype;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads in all (default: OMP_NUM_THREADS, else all cores).")
  private Optional<Integer> threads;

  @Option(
      names = "--timing",
      description = "Prints the seconds of the work itself, loading excluded, to the error stream.")
  private boolean timing;

  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec;

  final DType dtype() {
    return dtype;
  }

  /** Returns how a model is run as far as it is said here. */
  final RunnerOptions runner() {
    return RunnerOptions.usual()
        .withThreads(atLeast(1, "--threads", threads.orElseGet(Threads::usual)));
  }

  /** Returns an option's value. */
  final int atLeast(int least, String option, int value) {
    if (value < least) {
      throw misused(option + " should be at least " + least + " but is " + value + ".");
    }
    return value;
  }

  /** Returns the failure of a command that was misused. */
  final ParameterException misused(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /** Says something beside the answers. */
  final void warn(String sentence) {
    spec.commandLine().getErr().println(sentence);
  }

  /** Reports the time since the given {@link System#nanoTime()}, if asked to. */
  final void report(long started, int requestCount) {
    if (timing) {
      spec.commandLine()
          .getErr()
          .printf(
              "{\"timing\":{\"seconds\":%.6f,\"requests\":%d}}%n",
              (System.nanoTime() - started) / 1e9, requestCount);
    }
  }
}
