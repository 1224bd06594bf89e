package dev.palimpsest.cli;

import dev.palimpsest.decoder.AdapterAtScale;
import dev.palimpsest.decoder.LocalRunner;
import dev.palimpsest.decoder.ModelSpec;
import dev.palimpsest.decoder.RunnerOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of the commands that run a model on a file of requests. */
final class ModelOptions extends RequestOptions {
  private static final String ADAPTER = "adapter";

  @Option(
      names = "--checkpoint",
      paramLabel = "PATH",
      required = true,
      description = "Hugging Face folder or GGUF file.")
  private Path checkpoint;

  @Option(
      names = "--adapter",
      paramLabel = "DIR",
      description = "PEFT LoRA adapter, applied over the checkpoint.")
  private Optional<Path> adapter;

  @Option(
      names = "--adapter-scale",
      paramLabel = "X",
      description =
          "Multiplies the adapter's alpha: 1 as trained (default), 0 for none of its products.")
  private Optional<Double> scale;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Most contexts or prompts computed together (default: 64).")
  private Optional<Integer> batchSize;

  /** Returns the name of the adapter in the runner, if one was given. */
  Optional<String> adapter() {
    if (scale.isPresent() && adapter.isEmpty()) {
      throw misused("--adapter-scale goes with an adapter; give it with --adapter.");
    }
    return adapter.map(path -> new AdapterAtScale(ADAPTER, scale.orElse(1.0)).toString());
  }

  /** Loads the model. */
  LocalRunner open() {
    RunnerOptions options = runner();
    if (batchSize.isPresent()) {
      options = options.withBatchSize(atLeast(1, "--batch-size", batchSize.get()));
    }
    Map<String, Path> adapters = adapter.map(path -> Map.of(ADAPTER, path)).orElse(Map.of());
    return LocalRunner.open(new ModelSpec(checkpoint, dtype(), adapters), options);
  }
}
