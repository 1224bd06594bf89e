package dev.palimpsest.cli;

import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.RunnerOptions;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.quality.Finding;
import dev.palimpsest.suite.quality.SuiteQuality;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code palimpsest suites check}: whether suites measure what they say. */
@Command(
    name = "check",
    description = {
      "Checks whether suites measure what they say: what can be had right without the question,"
          + " items that are alike, wrong keys, junk that passes (docs/SUITES.md).",
      "Exits with 1 if a check fails."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private static final String ROW = "%-14s %-45s %-40s %-16s %s";

  @Parameters(
      paramLabel = "ID|DIR",
      arity = "0..*",
      description = "Suites of the program or suites' folders (default: all of the program's).")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--checkpoint",
      paramLabel = "PATH",
      description =
          "A model to ask: without the questions, where it should know nothing, and with them, for"
              + " floors, ceilings and reliability.")
  private Path checkpoint;

  @Option(
      names = "--items",
      paramLabel = "K",
      description =
          "How many items of each suite the model is asked with their questions (default: as many as"
              + " a standard audit asks).")
  private Optional<Integer> items;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads in all (default: OMP_NUM_THREADS, else all cores).")
  private Optional<Integer> threads;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    require(items.orElse(1) >= 1, "--items should be at least 1.");
    require(threads.orElse(1) >= 1, "--threads should be at least 1.");
    require(checkpoint != null || items.isEmpty(), "--items goes with a --checkpoint.");
    List<Suite> suites = suites(ChosenSuites.of(names));
    if (checkpoint == null) {
      return check(suites, SuiteQuality::of);
    }
    RunnerOptions options = RunnerOptions.usual().withThreads(threads.orElseGet(Threads::usual));
    ModelSpec spec = new ModelSpec(checkpoint, DType.FLOAT32, Map.of());
    try (ModelRunner model = LocalRunner.open(spec, options)) {
      CheckpointQuality asked =
          new CheckpointQuality(model, items.map(OptionalInt::of).orElseGet(OptionalInt::empty));
      return check(
          suites,
          suite ->
              Stream.of(SuiteQuality.of(suite), asked.of(suite)).flatMap(List::stream).toList());
    }
  }

  private int check(List<Suite> suites, Function<Suite, List<Finding>> check) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(ROW.formatted("SUITE", "CHECK", "FOUND", "WANTED", "RESULT"));
    int failed = 0;
    for (Suite suite : suites) {
      for (Finding finding : check.apply(suite)) {
        print(out, suite, finding);
        failed += finding.result() == Finding.Result.FAILED ? 1 : 0;
      }
      out.flush();
    }
    out.println(failed == 0 ? "No check fails." : "Checks that fail: " + failed + ".");
    return failed == 0 ? ExitCode.PASS : ExitCode.GATE_FAILED;
  }

  private void require(boolean holds, String sentence) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), sentence);
    }
  }

  private static List<Suite> suites(ChosenSuites chosen) {
    return chosen.ids().isEmpty()
        ? List.copyOf(SuiteLibrary.bundled().suites())
        : chosen.ids().stream().map(chosen.library()::suite).toList();
  }

  private static void print(PrintWriter out, Suite suite, Finding finding) {
    String result =
        switch (finding.result()) {
          case PASSED -> "ok";
          case FAILED -> "FAILED";
          case TOLD -> "";
        };
    out.println(
        ROW.formatted(suite.id(), finding.check(), finding.found(), finding.wanted(), result)
            .stripTrailing());
    finding.examples().forEach(example -> out.println("    " + example));
  }
}
