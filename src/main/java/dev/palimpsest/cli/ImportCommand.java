package dev.palimpsest.cli;

import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.importer.ImportKind;
import dev.palimpsest.suite.importer.Imported;
import dev.palimpsest.suite.importer.SuiteImport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code palimpsest import}: a suite of a benchmark's files. */
@Command(
    name = "import",
    description = {
      "Makes a suite of the files of a benchmark (docs/SUITES.md says which and how).",
      "The folder can then be named to audit --suite, suites --check and suites grade."
    },
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  private static final int MOST_SHOWN = 20;

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      completionCandidates = Kinds.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private String kind;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "Its files.")
  private List<Path> files;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The suite's folder; it must not be there yet.")
  private Path out;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The suite's id (default: the folder's name where that can be one, else KIND).")
  private String id;

  @Option(
      names = "--shots",
      paramLabel = "FILE",
      description =
          "Questions that are asked and answered before each question, in order; for mmlu those of"
              + " its subject. May be given several times.")
  private List<Path> shots = new ArrayList<>();

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** The names of the kinds, for the help. */
  static final class Kinds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ImportKind.labels().iterator();
    }
  }

  @Override
  public Integer call() {
    ImportKind chosen =
        ImportKind.of(kind)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "There is no kind \""
                            + kind
                            + "\"; use one of "
                            + String.join(", ", ImportKind.labels())
                            + "."));
    Imported imported = new SuiteImport(chosen, files, shots, suiteId(chosen)).into(out);
    say(imported);
    return ExitCode.PASS;
  }

  private String suiteId(ImportKind chosen) {
    if (id != null) {
      return id;
    }
    Path name = out.toAbsolutePath().normalize().getFileName();
    return name != null && SuiteImport.isId(name.toString()) ? name.toString() : chosen.label();
  }

  private void say(Imported imported) {
    PrintWriter console = spec.commandLine().getOut();
    Suite suite = imported.suite();
    console.printf(
        "%s: %d %s in %s, digest %s%n",
        suite.id(),
        suite.items().size(),
        suite.items().size() == 1 ? "item" : "items",
        out,
        suite.digest().substring(0, 12));
    List<String> leftOut = imported.leftOut();
    if (!leftOut.isEmpty()) {
      console.printf("Left out, as no question with one right answer: %d%n", leftOut.size());
      leftOut.stream().limit(MOST_SHOWN).forEach(line -> console.println("  " + line));
      if (leftOut.size() > MOST_SHOWN) {
        console.println("  and " + (leftOut.size() - MOST_SHOWN) + " more");
      }
    }
  }
}
