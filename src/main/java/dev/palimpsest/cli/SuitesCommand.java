package dev.palimpsest.cli;

import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.Tier;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code palimpsest suites}: the suites there are, or whether a suite of one's own is sound. */
@Command(
    name = "suites",
    description = "Lists the probe suites, or checks a suite folder of your own.",
    mixinStandardHelpOptions = true)
final class SuitesCommand implements Callable<Integer> {
  private static final String ROW = "%-14s %-8s %5s  %-22s %6s  %s%n";

  @Option(
      names = "--check",
      paramLabel = "DIR",
      description = "Reads the suite in DIR and says what is wrong with it (docs/SUITES.md).")
  private Path folder;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(ROW, "SUITE", "VERSION", "ITEMS", "EASY / MEDIUM / HARD", "MARGIN", "DIGEST");
    if (folder != null) {
      print(out, SuiteLibrary.load(folder));
    } else {
      SuiteLibrary.bundled().suites().forEach(suite -> print(out, suite));
    }
    return ExitCode.PASS;
  }

  private static void print(PrintWriter out, Suite suite) {
    out.printf(
        Locale.ROOT,
        ROW,
        suite.id(),
        suite.version(),
        suite.items().size(),
        count(suite, Tier.EASY)
            + " / "
            + count(suite, Tier.MEDIUM)
            + " / "
            + count(suite, Tier.HARD),
        String.format(Locale.ROOT, "%.3f", suite.defaultMargin()),
        suite.digest().substring(0, 12));
  }

  private static long count(Suite suite, Tier tier) {
    return suite.items().stream().map(Item::tier).filter(tier::equals).count();
  }
}
