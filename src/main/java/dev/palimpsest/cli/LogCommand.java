package dev.palimpsest.cli;

import dev.palimpsest.evidence.key.SigningKeys;
import dev.palimpsest.evidence.verify.LedgerCheck;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.storage.Database;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code palimpsest log}: the ledger of what happened in an installation. */
@Command(
    name = "log",
    description = "Prints or checks the ledger of what happened in this installation.",
    mixinStandardHelpOptions = true)
final class LogCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Command(
      name = "verify",
      description = {
        "Checks that no row of the ledger was changed, left out, put in or cut off, by the chain of"
            + " hashes and by every head that was signed.",
        "A tail that was cut off with its signed heads shows only against what left the machine: name"
            + " bundles that were exported with --against."
      },
      mixinStandardHelpOptions = true,
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {"0:the ledger holds", "5:it does not; the first thing wrong is printed"})
  int verify(
      @Mixin InstalledData installation,
      @Option(
              names = "--against",
              paramLabel = "BUNDLE",
              description = "A bundle that was exported from here; may be given again.")
          List<Path> bundles) {
    PrintWriter out = spec.commandLine().getOut();
    try (Database database = installation.open()) {
      Ledger ledger = new Ledger(database);
      LedgerCheck.Held held =
          LedgerCheck.of(
              ledger,
              installation.keys(database).list().stream().map(SigningKeys.Known::key).toList(),
              bundles == null ? List.of() : new ArrayList<>(bundles));
      out.printf(
          "The ledger holds: %d rows, %d signed heads, the newest row %s.%n",
          held.end().seq(), held.heads(), held.end().hash());
    }
    return ExitCode.PASS;
  }

  @Command(
      name = "print",
      description = "Prints the ledger, a JSON object per line.",
      mixinStandardHelpOptions = true)
  int print(@Mixin InstalledData installation) {
    PrintWriter out = spec.commandLine().getOut();
    try (Database database = installation.open()) {
      new Ledger(database).forEach(1, row -> out.println(row.body()));
    }
    return ExitCode.PASS;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say 'log verify' or 'log print'.");
  }
}
