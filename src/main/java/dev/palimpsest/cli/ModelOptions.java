package dev.palimpsest.cli;

import dev.palimpsest.decoder.AdapterAtScale;
import dev.palimpsest.decoder.DType;
import dev.palimpsest.decoder.DecoderException;
import dev.palimpsest.decoder.LocalRunner;
import dev.palimpsest.decoder.ModelSpec;
import dev.palimpsest.decoder.RunnerOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options of the commands that run a model on a file of requests. */
final class ModelOptions {
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
      names = "--dtype",
      paramLabel = "TYPE",
      defaultValue = "float32",
      converter = DTypeConverter.class,
      description = "float32 (default) or bfloat16.")
  private DType dtype;

  @Option(
      names = "--requests",
      paramLabel = "IN.jsonl",
      required = true,
      description = "Requests, one JSON object per line.")
  private Path requests;

  @Option(
      names = "--out",
      paramLabel = "OUT.jsonl",
      required = true,
      description = "Answers, in the order of the requests; replaced only when all is done.")
  private Path out;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Most contexts or prompts computed together (default: 64).")
  private Optional<Integer> batchSize;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads in all (default: OMP_NUM_THREADS, else all cores).")
  private Optional<Integer> threads;

  @Option(
      names = "--timing",
      description = "Prints the seconds of the work itself, loading excluded, to the error stream.")
  private boolean timing;

  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec;

  /** Reads "float32" or "bfloat16". */
  static final class DTypeConverter implements CommandLine.ITypeConverter<DType> {
    @Override
    public DType convert(String value) {
      try {
        return DType.of(value);
      } catch (DecoderException e) {
        throw new CommandLine.TypeConversionException(e.getMessage());
      }
    }
  }

  Path requests() {
    return requests;
  }

  Path out() {
    return out;
  }

  /** Returns the name of the adapter in the runner, if one was given. */
  Optional<String> adapter() {
    if (scale.isPresent() && adapter.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--adapter-scale goes with an adapter; give it with --adapter.");
    }
    return adapter.map(path -> new AdapterAtScale(ADAPTER, scale.orElse(1.0)).toString());
  }

  /** Loads the model. */
  LocalRunner open() {
    RunnerOptions options = RunnerOptions.usual();
    if (batchSize.isPresent()) {
      options = options.withBatchSize(positive("--batch-size", batchSize.get()));
    }
    options = options.withThreads(positive("--threads", threads.orElseGet(Threads::usual)));
    Map<String, Path> adapters = adapter.map(path -> Map.of(ADAPTER, path)).orElse(Map.of());
    return LocalRunner.open(new ModelSpec(checkpoint, dtype, adapters), options);
  }

  private int positive(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), option + " should be at least 1 but is " + value + ".");
    }
    return value;
  }

  /** Reports the time since the given {@link System#nanoTime()}, if asked to. */
  void report(long started, int requestCount) {
    if (timing) {
      spec.commandLine()
          .getErr()
          .printf(
              "{\"timing\":{\"seconds\":%.6f,\"requests\":%d}}%n",
              (System.nanoTime() - started) / 1e9, requestCount);
    }
  }
}
