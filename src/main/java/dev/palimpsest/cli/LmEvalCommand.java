package dev.palimpsest.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code palimpsest lm-eval}: lm-eval's numbers without lm-eval. */
@Command(
    name = "lm-eval",
    description = {
      "Asks benchmarks exactly as lm-eval 0.4.13 does, and compares files of samples.",
      "'run' asks, 'compare' lays two files of samples beside each other; 'palimpsest import lm-eval'"
          + " makes a suite of one."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "run|compare",
    subcommands = {LmEvalRunCommand.class, LmEvalCompareCommand.class})
final class LmEvalCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: 'palimpsest lm-eval run' or 'palimpsest lm-eval compare'.");
  }
}
