package dev.palimpsest.cli;

import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteDraw;
import dev.palimpsest.suite.SuiteFolder;
import dev.palimpsest.suite.SuiteLibrary;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code palimpsest suites draw}: a form of a suite that nobody has seen. */
@Command(
    name = "draw",
    description = {
      "Draws a form of a suite by a seed and writes it as a suite's folder: items that were never"
          + " published where a program writes the suite's items, otherwise a sample in which the"
          + " tiers keep their shares.",
      "The same seed gives the same files. The folder can be named to audit --suite."
    },
    mixinStandardHelpOptions = true)
final class DrawCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID|DIR", description = "A suite of the program, or a suite's folder.")
  private String suite;

  @Option(
      names = "--seed",
      required = true,
      paramLabel = "N",
      description = "Any whole number but that of the published form.")
  private long seed;

  @Option(
      names = "--items",
      paramLabel = "K",
      description = "How many items (default: as many as a standard audit asks).")
  private Optional<Integer> items;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The new suite's folder; it must not be there yet.")
  private Path out;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    SuiteFolder folder = new SuiteFolder(out);
    folder.requireFree();
    SuiteDraw draw = new SuiteDraw(seed, items.map(OptionalInt::of).orElseGet(OptionalInt::empty));
    SuiteDraw.Form form = draw(draw);
    Suite written = folder.write(form.suite());
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        "%s: %d items in %s, digest %s%n",
        written.id(), written.items().size(), out, written.digest().substring(0, 12));
    console.println(
        form.fresh()
            ? form.alsoPublished() + " of them are word for word in the published form, too."
            : "The suite has no generator; this is a sample of its published items.");
    return ExitCode.PASS;
  }

  private SuiteDraw.Form draw(SuiteDraw draw) {
    boolean own = SuiteLibrary.bundled().find(suite).isEmpty() && Files.isDirectory(Path.of(suite));
    return own ? draw.from(Path.of(suite)) : draw.fromBundled(suite);
  }
}
