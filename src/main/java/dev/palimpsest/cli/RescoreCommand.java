package dev.palimpsest.cli;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.run.Rescoring;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code palimpsest rescore}: an old audit graded by today's scorers. */
@Command(
    name = "rescore",
    description = {
      "Grades what an audit's models computed once more, with the scorers of this version and without"
          + " a model, and says which outcomes are others now.",
      "Nothing is stored without --write; a signed report and its outcomes stay as they were."
    },
    mixinStandardHelpOptions = true)
final class RescoreCommand implements Callable<Integer> {
  @Parameters(paramLabel = "AUDIT", description = "The audit's id, as in report.json.")
  private String audit;

  @Option(
      names = "--suite",
      paramLabel = "DIR",
      description =
          "The folder of a suite that the audit asked and that is not the program's of today; may be"
              + " given again.")
  private List<Path> suites = new ArrayList<>();

  @Option(
      names = "--write",
      description = "Stores the new outcomes; the report is made anew when it is next looked at.")
  private boolean write;

  @Mixin private InstalledData installed;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    SuiteLibrary library = SuiteLibrary.bundled();
    for (Path each : suites) {
      Suite suite = SuiteLibrary.load(each);
      library = library.replacing(suite);
    }
    try (Database database = installed.open()) {
      Rescoring rescoring = new Rescoring(database, library);
      print(write ? rescoring.write(audit) : rescoring.compare(audit));
    }
    return ExitCode.PASS;
  }

  private void print(Rescoring.Result result) {
    PrintWriter out = spec.commandLine().getOut();
    List<Rescoring.Change> counts =
        result.changes().stream().filter(Rescoring.Change::countsOtherwise).toList();
    counts.forEach(change -> out.println(line(change)));
    out.printf(
        "%d of %d outcomes count otherwise; %d more differ in their reason or figures only.%n",
        counts.size(), result.graded(), result.changes().size() - counts.size());
    if (result.withoutRaw() > 0) {
      out.println(
          result.withoutRaw() + " outcomes have no stored result to grade and stay as they are.");
    }
    if (result.changes().isEmpty()) {
      return;
    }
    out.println(
        write
            ? "Stored. Run the same audit command again, or open it in the browser, for its report."
            : "Nothing is stored; --write does that.");
  }

  private static String line(Rescoring.Change change) {
    Outcome before = change.before();
    return "%s  %s  %s: %s, now %s. %s"
        .formatted(
            before.suite(),
            before.arm(),
            before.itemId(),
            worth(before),
            worth(change.after()),
            change.after().explanation());
  }

  private static String worth(Outcome outcome) {
    return outcome.state() != Outcome.State.SCORED
        ? outcome.state().name().toLowerCase(Locale.ROOT)
        : outcome.isRight() ? "right" : "wrong";
  }
}
