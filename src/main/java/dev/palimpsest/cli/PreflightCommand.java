package dev.palimpsest.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.audit.plan.Candidate;
import dev.palimpsest.checkpoint.GenerationConfig;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.Encoder;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.PairSpec;
import dev.palimpsest.preflight.ModelLooks;
import dev.palimpsest.preflight.Preflight;
import dev.palimpsest.preflight.PreflightJson;
import dev.palimpsest.preflight.facts.FactMode;
import dev.palimpsest.preflight.facts.KnownFacts;
import dev.palimpsest.preflight.lint.LintFinding.Severity;
import dev.palimpsest.preflight.tuned.TunedLook;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.training.TrainingFile;
import dev.palimpsest.worker.WorkerEncoders;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code palimpsest preflight}: what a training file says of a tune before it runs. */
@Command(
    name = "preflight",
    description = {
      "Looks at a training file before (or after) a tune: faults that trainers pass over in silence,"
          + " probes whose words stand in it, what stands around its questions, and which of its"
          + " facts the base knows; of tuned checkpoints, how far they moved on it and what of it"
          + " they say word for word.",
      "JSON lines or a JSON list: chat messages, prompt and completion, Alpaca, ShareGPT, text."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:no fault was found", "1:a fault was found", "2:the command was misused"},
    footer = {"", "Nothing leaves the machine. docs/PREFLIGHT.md says what each finding means."})
final class PreflightCommand implements Callable<Integer> {
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

  @Option(
      names = "--base-adapter",
      paramLabel = "PATH",
      description = "An adapter that belongs to the base, where a tune goes on from it.")
  private Path baseAdapter;

  @Option(
      names = "--tuned",
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "Checkpoints that were tuned on the file: how far they moved on it, and what of it they say"
              + " word for word. An adapter may have a scale: ADAPTER@0.5.")
  private List<String> tuned = List.of();

  @Option(
      names = "--facts",
      defaultValue = "lite",
      paramLabel = "lite|full|none",
      description =
          "Asks the base for the file's facts: 25 answers each, 170 as in the paper, or not at all"
              + " (default: lite).")
  private String facts;

  @Option(
      names = "--facts-limit",
      paramLabel = "N",
      description =
          "Facts that are tried at most (default: 100); what that takes is said after the first ones.")
  private Optional<Integer> factsLimit;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the base's answers are kept, so that they are not asked for again (default:"
              + " .palimpsest in the folder of --out; without --out they are not kept).")
  private Path data;

  @Mixin private InferenceOptions inference;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    atLeastOne("--max-length", most);
    factsLimit.ifPresent(limit -> atLeastOne("--facts-limit", limit));
    FactMode mode = FactMode.of(facts);
    TrainingFile file = TrainingFile.at(train);
    OutputFolder folder = out == null ? null : OutputFolder.prepare(out);
    Preflight preflight = look(file);
    PreflightText text = new PreflightText(spec.commandLine().getOut());
    text.file(preflight);
    try (KeptAnswers kept = KeptAnswers.in(data != null || folder == null ? data : folder.data())) {
      ModelLooks looks =
          new ModelLooks(inference.loader(), inference.pairs(), kept.cache(), text::progress);
      Optional<KnownFacts> known = known(looks, preflight, mode);
      known.ifPresent(text::facts);
      List<TunedLook> tunes =
          tuned.stream().map(one -> look(looks, Candidate.parse(one), file, preflight)).toList();
      tunes.forEach(text::tuned);
      if (folder != null) {
        ObjectNode content = PreflightJson.of(preflight, fileName(), writtenBy, known, tunes);
        PreflightFile.write(folder, content, spec.commandLine().getOut());
      }
    }
    return hasFault(preflight) ? ExitCode.GATE_FAILED : ExitCode.PASS;
  }

  private void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), option + " should be at least 1 but is " + value + ".");
    }
  }

  private Optional<KnownFacts> known(ModelLooks looks, Preflight preflight, FactMode mode) {
    return looks.facts(preflight, base(), this::digest, mode, factsLimit.orElse(mode.limit()));
  }

  private PairSpec.Side base() {
    return baseAdapter == null ? PairSpec.Side.of(base) : PairSpec.Side.of(base, baseAdapter, 1);
  }

  private String digest() {
    String model = Manifest.ofCheckpoint(base, (done, total) -> {}).root();
    return baseAdapter == null
        ? model
        : model + " " + Manifest.ofCheckpoint(baseAdapter, (done, total) -> {}).root();
  }

  private TunedLook look(
      ModelLooks looks, Candidate candidate, TrainingFile file, Preflight preflight) {
    PairSpec pair =
        PairSpec.of(base(), candidate.path(), candidate.scale().orElse(1.0), DType.FLOAT32);
    return looks.tuned(candidate.name(), pair, file, preflight);
  }

  private String fileName() {
    return train.getFileName().toString();
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
}
