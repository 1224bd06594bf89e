package dev.palimpsest.cli;

import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.RunnerOptions;
import dev.palimpsest.lmeval.LmEvalRun;
import dev.palimpsest.lmeval.LmEvalSamples;
import dev.palimpsest.lmeval.LmEvalTask;
import dev.palimpsest.lmeval.PreparedRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code palimpsest lm-eval run}: one task, one model, lm-eval's samples. */
@Command(
    name = "run",
    description = {
      "Asks a task as lm-eval 0.4.13 does and writes its samples: the same prompts, few-shot examples,"
          + " log-likelihoods (within 1e-3 in float32), acc, acc_norm or exact_match.",
      "The data are files that you have, in the shape of the hub or as published; nothing is fetched."
          + " No chat template is applied."
    },
    mixinStandardHelpOptions = true)
final class LmEvalRunCommand implements Callable<Integer> {
  private static final String ADAPTER = "adapter";

  @Option(
      names = "--checkpoint",
      paramLabel = "PATH",
      required = true,
      description = "Hugging Face folder, repository in its cache, or GGUF file.")
  private Path checkpoint;

  @Option(
      names = "--adapter",
      paramLabel = "PATH",
      description = "LoRA adapter, applied over the checkpoint.")
  private Optional<Path> adapter;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      required = true,
      completionCandidates = Tasks.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private String task;

  @Option(
      names = "--file",
      paramLabel = "DATA",
      arity = "1..*",
      required = true,
      description =
          "The documents: JSON lines or a JSON list, for mmlu also SUBJECT_test.csv; several files are"
              + " one after the other.")
  private List<Path> files;

  @Option(
      names = "--shots-file",
      paramLabel = "FILE",
      description =
          "Where few-shot examples are chosen from: the train split for arc, hellaswag, winogrande and"
              + " gsm8k, the dev split for mmlu.")
  private Optional<Path> shotsFile;

  @Option(
      names = "--num-fewshot",
      paramLabel = "N",
      description = "Examples before each document (default as in lm-eval: 0, for gsm8k 5).")
  private Optional<Integer> shots;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1234",
      description = "Seed of the draw of examples (default as in lm-eval: 1234).")
  private long seed;

  @Option(names = "--limit", paramLabel = "N", description = "Asks the first N documents only.")
  private Optional<Integer> limit;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Most contexts or prompts computed together (default: 64).")
  private Optional<Integer> batchSize;

  @Option(
      names = "--out",
      paramLabel = "OUT.jsonl",
      required = true,
      description = "The samples, for instance samples_arc.jsonl; replaced only when all is done.")
  private Path out;

  @Mixin private RunOptions options;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** The names of the tasks, for the help. */
  static final class Tasks implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return LmEvalTask.labels().iterator();
    }
  }

  @Override
  public Integer call() {
    LmEvalRun run = run();
    PreparedRun prepared = run.prepare();
    try (JsonLinesWriter writer = JsonLinesWriter.open(out);
        LocalRunner runner = open()) {
      long started = System.nanoTime();
      LmEvalSamples samples = prepared.ask(runner, adapter.map(folder -> ADAPTER));
      samples.lines().forEach(writer::write);
      writer.commit();
      options.report(started, samples.documents());
      say(run, samples);
    }
    return ExitCode.PASS;
  }

  private LmEvalRun run() {
    LmEvalTask chosen =
        LmEvalTask.of(task)
            .orElseThrow(
                () ->
                    options.misused(
                        "There is no task \""
                            + task
                            + "\"; use one of "
                            + String.join(", ", LmEvalTask.labels())
                            + "."));
    int count = options.atLeast(0, "--num-fewshot", shots.orElseGet(chosen::usualShots));
    limit.ifPresent(number -> options.atLeast(1, "--limit", number));
    return new LmEvalRun(chosen, files, shotsFile, count, seed, limit);
  }

  private LocalRunner open() {
    RunnerOptions how = options.runner();
    if (batchSize.isPresent()) {
      how = how.withBatchSize(options.atLeast(1, "--batch-size", batchSize.get()));
    }
    ModelSpec model =
        new ModelSpec(
            checkpoint,
            options.dtype(),
            adapter.map(folder -> Map.of(ADAPTER, folder)).orElseGet(Map::of));
    LocalRunner runner = LocalRunner.open(model, how);
    runner.warnings().forEach(options::warn);
    return runner;
  }

  private void say(LmEvalRun run, LmEvalSamples samples) {
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        "%s, %d-shot: %d documents%n", run.task().label(), run.shots(), samples.documents());
    samples
        .means()
        .forEach((name, mean) -> console.printf(Locale.ROOT, "  %s: %.4f%n", name, mean));
  }
}
