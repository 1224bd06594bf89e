package dev.palimpsest.cli;

import dev.palimpsest.lmeval.SamplesComparison;
import dev.palimpsest.lmeval.SamplesComparison.Difference;
import dev.palimpsest.lmeval.SamplesComparison.Pair;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code palimpsest lm-eval compare}: two files of samples, document by document. */
@Command(
    name = "compare",
    description = {
      "Lays two files of lm-eval's samples beside each other, paired by doc_id and filter: whether the"
          + " prompts are the same, and the largest difference of log-likelihoods of each document.",
      "Ends with 0 where all agree within the tolerance, otherwise with 1."
    },
    mixinStandardHelpOptions = true)
final class LmEvalCompareCommand implements Callable<Integer> {
  private static final String ROW = "%8s  %-16s  %-6s  %-22s  %s%n";

  @Parameters(index = "0", paramLabel = "MINE.jsonl", description = "A file of samples.")
  private Path mine;

  @Parameters(index = "1", paramLabel = "THEIRS.jsonl", description = "Another of the same task.")
  private Path theirs;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      defaultValue = "0.001",
      description = "Largest difference of log-likelihoods that agrees, in nats (default: 0.001).")
  private double tolerance;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    SamplesComparison comparison = SamplesComparison.of(mine, theirs);
    PrintWriter console = spec.commandLine().getOut();
    console.printf(ROW, "DOCUMENT", "FILTER", "PROMPT", "LARGEST DIFFERENCE", "METRICS");
    for (Pair pair : comparison.pairs()) {
      console.printf(
          ROW,
          pair.document(),
          pair.filter(),
          same(pair.samePrompt()),
          words(pair.difference()),
          same(pair.sameMetrics()));
    }
    return sum(comparison, console);
  }

  private int sum(SamplesComparison comparison, PrintWriter console) {
    List<Pair> pairs = comparison.pairs();
    long agreeing = pairs.stream().filter(pair -> pair.agrees(tolerance)).count();
    console.printf(Locale.ROOT, "%d of %d agree within %s.%n", agreeing, pairs.size(), tolerance);
    pairs.stream()
        .filter(pair -> pair.difference() instanceof Difference.LogLikelihoods)
        .max(Comparator.comparingDouble(LmEvalCompareCommand::size))
        .ifPresent(
            pair ->
                console.printf(
                    "Largest difference: %s, in document %d.%n",
                    words(pair.difference()), pair.document()));
    if (comparison.unpaired() > 0) {
      console.printf("In one of the files only: %d.%n", comparison.unpaired());
    }
    return agreeing == pairs.size() ? ExitCode.PASS : ExitCode.GATE_FAILED;
  }

  private static double size(Pair pair) {
    return pair.difference() instanceof Difference.LogLikelihoods found ? found.largest() : 0;
  }

  private static String same(boolean same) {
    return same ? "same" : "other";
  }

  private static String words(Difference difference) {
    if (difference instanceof Difference.LogLikelihoods found) {
      return String.format(Locale.ROOT, "%.1e, choice %d", found.largest(), found.choice());
    }
    return ((Difference.Texts) difference).same() ? "same text" : "another text";
  }
}
