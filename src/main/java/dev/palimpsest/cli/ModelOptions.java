package dev.palimpsest.cli;

import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.RunnerOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of the commands that run a model on a file of requests. */
final class ModelOptions extends RequestOptions {
  @Option(
      names = "--checkpoint",
      paramLabel = "PATH",
      required = true,
      description = "Hugging Face folder, repository in its cache, or GGUF file.")
  private Path checkpoint;

  @Option(
      names = "--adapter",
      paramLabel = "PATH",
      description = {
        "LoRA adapter (folder of PEFT or mlx-lm, or GGUF file), applied over the checkpoint; may be"
            + " given several times.",
        "With several models every request is put to each, and an answer names its own in"
            + " \"adapter\"; a request that names one there is for that one only."
      })
  private List<Path> adapters = new ArrayList<>();

  @Option(
      names = "--base-too",
      description = "Asks the checkpoint without an adapter as well; its name is \"base\".")
  private boolean baseToo;

  @Option(
      names = "--adapter-scale",
      paramLabel = "X",
      split = ",",
      description =
          "Multiplies the adapters' alpha: 1 as trained (default), 0 for none of their products;"
              + " what PiSSA and OLoRA take off the base stays off, as in PEFT;"
              + " a list (0.5,1,1.5) asks each adapter at each scale, by the name NAME@X.")
  private List<Double> scales = new ArrayList<>();

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Most contexts or prompts computed together (default: 64).")
  private Optional<Integer> batchSize;

  /** Returns the models that the requests are put to. */
  AskedModels models() {
    if (adapters.isEmpty() && !scales.isEmpty()) {
      throw misused("--adapter-scale goes with an adapter; give it with --adapter.");
    }
    if (scales.stream().anyMatch(scale -> !Double.isFinite(scale))) {
      throw misused("--adapter-scale should be a finite number.");
    }
    List<Double> asked = scales.isEmpty() ? List.of(1.0) : scales.stream().distinct().toList();
    return AskedModels.of(adapters, asked, baseToo, this::misused);
  }

  /** Loads the model; says what should be known of its adapters. */
  LocalRunner open() {
    RunnerOptions options = runner();
    if (batchSize.isPresent()) {
      options = options.withBatchSize(atLeast(1, "--batch-size", batchSize.get()));
    }
    ModelSpec spec = new ModelSpec(checkpoint, dtype(), AskedModels.folders(adapters));
    LocalRunner runner = LocalRunner.open(spec, options);
    runner.warnings().forEach(this::warn);
    return runner;
  }
}
