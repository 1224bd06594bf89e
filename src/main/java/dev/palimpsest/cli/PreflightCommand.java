package dev.palimpsest.cli;

import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.GenerationConfig;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.Encoder;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.preflight.Preflight;
import dev.palimpsest.preflight.PreflightJson;
import dev.palimpsest.preflight.lint.LintFinding;
import dev.palimpsest.preflight.lint.LintFinding.Severity;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.training.TrainingFile;
import dev.palimpsest.worker.WorkerEncoders;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code palimpsest preflight}: what a training file says of a tune before it runs. */
@Command(
    name = "preflight",
    description = {
      "Looks at a training file before (or after) a tune: faults that trainers pass over in silence,"
          + " probes whose words stand in it, and what stands around its questions.",
      "JSON lines or a JSON list: chat messages, prompt and completion, Alpaca, ShareGPT, text."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:no fault was found", "1:a fault was found", "2:the command was misused"},
    footer = {"", "Nothing leaves the machine. docs/PREFLIGHT.md says what each finding means."})
final class PreflightCommand implements Callable<Integer> {
  private static final int MOST_OVERLAPS = 10;

  @Option(
      names = "--base",
      required = true,
      paramLabel = "PATH",
      description = "The checkpoint that is tuned: a model folder or a GGUF file.")
  private Path base;

  @Option(
      names = "--train",
      required = true,
      paramLabel = "FILE",
      description = "The file it is tuned on.")
  private Path train;

  @Option(
      names = "--max-length",
      defaultValue = "2048",
      paramLabel = "N",
      description = "Tokens of a row that the trainer keeps (default: ${DEFAULT-VALUE}).")
  private int most;

  @Option(
      names = "--suite",
      arity = "1..*",
      paramLabel = "ID",
      description =
          "Suites, or their folders, to look for in the file (default: all of the program's).")
  private List<String> suites = List.of();

  @Option(
      names = "--written-by",
      defaultValue = "",
      paramLabel = "NAME",
      description = "Which model, or who, wrote the data; recorded in preflight.json.")
  private String writtenBy;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where preflight.json goes (default: nowhere).")
  private Path out;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    if (most < 1) {
      throw new ParameterException(
          spec.commandLine(), "--max-length should be at least 1 but is " + most + ".");
    }
    TrainingFile file = TrainingFile.at(train);
    OutputFolder folder = out == null ? null : OutputFolder.prepare(out);
    Preflight preflight = look(file);
    PrintWriter text = spec.commandLine().getOut();
    print(text, preflight);
    if (folder != null) {
      write(folder.path().resolve("preflight.json"), preflight, text);
    }
    return hasFault(preflight) ? ExitCode.GATE_FAILED : ExitCode.PASS;
  }

  private Preflight look(TrainingFile file) {
    ChosenSuites chosen = ChosenSuites.of(suites);
    List<Suite> probes =
        chosen.library().suites().stream()
            .filter(suite -> chosen.ids().isEmpty() || chosen.ids().contains(suite.id()))
            .toList();
    ModelSpec model = new ModelSpec(base, DType.FLOAT32, Map.of());
    try (Encoder encoder = WorkerEncoders.standard().open(model)) {
      return Preflight.of(file, encoder, most, isPaddedWithEnd(base), probes);
    }
  }

  private static boolean isPaddedWithEnd(Path path) {
    try (Checkpoint checkpoint = Checkpoint.open(path)) {
      GenerationConfig ids = checkpoint.generationConfig();
      return ids.padTokenId().isPresent()
          && ids.eosTokenIds().contains(ids.padTokenId().getAsInt());
    }
  }

  private static boolean hasFault(Preflight preflight) {
    return preflight.lint().findings().stream()
        .anyMatch(finding -> finding.severity() == Severity.FAULT);
  }

  private static void print(PrintWriter out, Preflight preflight) {
    List<Integer> tokens = preflight.lint().tokens();
    out.printf(Locale.ROOT, "%,d rows", preflight.lint().rows());
    if (!tokens.isEmpty()) {
      out.printf(
          Locale.ROOT,
          ", of %,d tokens at the median, %,d at the 95th percentile, %,d at the most",
          tokens.get(0),
          tokens.get(1),
          tokens.get(2));
    }
    out.println(".");
    for (LintFinding finding : preflight.lint().findings()) {
      out.println();
      out.println(finding.severity() + "  " + finding.sentence() + rows(finding));
      out.println("  " + finding.advice());
    }
    if (preflight.lint().findings().isEmpty()) {
      out.println("No fault was found.");
    }
    preflight.lint().notes().forEach(note -> out.println("Note: " + note));
    overlap(out, preflight);
    preflight
        .context()
        .cues()
        .forEach(
            cue ->
                out.printf(
                    Locale.ROOT,
                    "Around %.0f%% of the questions stands: %s%n",
                    100 * cue.share(),
                    Json.mapper().valueToTree(cue.around("…")) + system(cue.system())));
  }

  private static String system(String prompt) {
    return prompt.isEmpty() ? "" : ", with the system prompt " + Json.mapper().valueToTree(prompt);
  }

  private static String rows(LintFinding finding) {
    if (finding.examples().isEmpty()) {
      return "";
    }
    List<String> numbers = finding.examples().stream().map(String::valueOf).toList();
    String more = finding.rows() > numbers.size() ? ", …" : "";
    return (finding.rows() == 1 ? " Row " : " Rows ") + String.join(", ", numbers) + more + ".";
  }

  private static void overlap(PrintWriter out, Preflight preflight) {
    if (preflight.overlap().isEmpty()) {
      out.println("No item of the probes stands in the file.");
      return;
    }
    List<String> first = new ArrayList<>();
    preflight.overlap().stream()
        .limit(MOST_OVERLAPS)
        .forEach(match -> first.add(match.suite() + " " + match.item()));
    Map<String, Long> bySuite =
        preflight.overlap().stream()
            .collect(Collectors.groupingBy(match -> match.suite(), Collectors.counting()));
    out.printf(
        Locale.ROOT,
        "%,d items of %d suites stand in the file and say nothing of this tune: %s%s%n",
        preflight.overlap().size(),
        bySuite.size(),
        String.join(", ", first),
        preflight.overlap().size() > MOST_OVERLAPS ? ", …" : "");
  }

  private void write(Path file, Preflight preflight, PrintWriter text) {
    try {
      String name = train.getFileName().toString();
      Files.writeString(file, PreflightJson.of(preflight, name, writtenBy).toPrettyString() + "\n");
    } catch (IOException e) {
      throw new OutputException(
          "preflight.json cannot be written to " + file.getParent() + "; has its disk room?", e);
    }
    text.println("Written: " + file);
  }
}
