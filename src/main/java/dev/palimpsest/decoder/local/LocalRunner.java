package dev.palimpsest.decoder.local;

import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.decoder.family.Blueprint;
import dev.palimpsest.decoder.family.Sizes;
import dev.palimpsest.decoder.kernel.Kernel;
import dev.palimpsest.decoder.kernel.Model;
import dev.palimpsest.decoder.kernel.NativeEngine;
import dev.palimpsest.decoder.packing.Generator;
import dev.palimpsest.decoder.packing.Lanes;
import dev.palimpsest.decoder.packing.Regimes;
import dev.palimpsest.decoder.packing.Scorer;
import dev.palimpsest.decoder.packing.Sequences;
import dev.palimpsest.decoder.packing.Side;
import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelDescription;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.PromptFormat;
import dev.palimpsest.inference.RunnerOptions;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.SequenceLogits;
import dev.palimpsest.inference.TextReading;
import dev.palimpsest.prompt.PromptEncoder;
import dev.palimpsest.prompt.PromptEncoders;
import dev.palimpsest.prompt.Thinking;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Runs a model in this process, on the first GPU or on the CPU.
 *
 * <p>Calls are served one at a time.
 */
public final class LocalRunner implements ModelRunner {
  private final LocalModel model;
  private final PromptEncoders encoders;
  private final ModelDescription description;
  private final Lanes lanes;
  private final Scorer scorer;
  private final Generator generator;

  private LocalRunner(
      LocalModel model, PromptEncoders encoders, RunnerOptions options, double penalty) {
    Sizes sizes = model.blueprint().sizes();
    this.model = model;
    this.encoders = encoders;
    this.description = describe(model, encoders);
    Blueprint blueprint = model.blueprint();
    Regimes regimes = new Regimes(blueprint::regime, blueprint.restart());
    int threads = model.kernel().isOnGpu() ? 1 : options.threads();
    this.lanes = new Lanes(model.kernel(), threads, regimes);
    this.scorer =
        new Scorer(model.kernel(), lanes, sizes.maxLength(), options.batchSize(), regimes);
    this.generator = new Generator(model.kernel(), lanes, limits(model, options), regimes, penalty);
  }

  /** Loads a model with the usual options. */
  public static LocalRunner open(ModelSpec spec) {
    return open(spec, RunnerOptions.usual());
  }

  /**
   * Loads a model.
   *
   * @throws DecoderException if the family is not supported or the engine cannot be loaded
   * @throws dev.palimpsest.checkpoint.CheckpointException if a file is broken or does not fit
   */
  public static LocalRunner open(ModelSpec spec, RunnerOptions options) {
    return open(spec, options, LocalModel.fastest(spec.dtype()));
  }

  static LocalRunner open(
      ModelSpec spec, RunnerOptions options, Function<Blueprint, Kernel> compiler) {
    try (Checkpoint checkpoint = Checkpoint.open(spec.checkpoint())) {
      PromptEncoders encoders = PromptEncoders.open(checkpoint, spec);
      try {
        NativeEngine.useThreads(options.threads());
        LocalModel model = LocalModel.load(checkpoint, spec, compiler);
        double penalty = checkpoint.generationConfig().repetitionPenalty();
        return new LocalRunner(model, encoders, options, penalty);
      } catch (RuntimeException e) {
        encoders.close();
        throw e;
      }
    }
  }

  private static ModelDescription describe(LocalModel model, PromptEncoders encoders) {
    PromptFormat format = encoders.format(Optional.empty());
    Sizes sizes = model.blueprint().sizes();
    return new ModelDescription(
        model.blueprint().family(),
        model.parameters(),
        model.stored(),
        sizes.maxLength(),
        sizes.vocabulary(),
        model.kernel().device(),
        model.kernel().engine(),
        format.tokenizerDigest(),
        format.templateDigest(),
        encoders.ownFormats(),
        encoders.notes());
  }

  private static Generator.Limits limits(LocalModel model, RunnerOptions options) {
    Blueprint blueprint = model.blueprint();
    Sizes sizes = blueprint.sizes();
    return new Generator.Limits(
        blueprint.longestGeneration(),
        options.batchSize(),
        options.cacheBytes(),
        2L * sizes.layers() * sizes.keyWidth() * model.kernel().cachedBytes());
  }

  @Override
  public ModelDescription description() {
    return description;
  }

  /** Returns what should be known of the adapters before a run, in whole sentences. */
  public List<String> warnings() {
    return model.warnings();
  }

  /** Returns how many token ids there are; an adapter may bring more than its base has. */
  public int vocabularySize(Optional<String> adapter) {
    return model.vocabulary(adapter);
  }

  @Override
  public List<Encoded> encode(Optional<String> adapter, List<EncodeRequest> requests) {
    return encoders.encode(adapter, requests);
  }

  @Override
  public synchronized List<List<ContinuationScore>> score(
      Optional<String> adapter, List<ScoreRequest> requests) {
    Model tensors = model.with(adapter);
    for (ScoreRequest request : requests) {
      checkIds(adapter, request.contextIds());
      request.continuationIds().forEach(ids -> checkIds(adapter, ids));
    }
    return scorer.score(tensors, requests);
  }

  @Override
  public synchronized List<Generation> generate(
      Optional<String> adapter, List<GenerateRequest> requests) {
    return generateEach(Collections.nCopies(requests.size(), adapter), requests);
  }

  /**
   * Generates from requests to several models over the base.
   *
   * <p>Adapters that only add products to linear layers go through the base in one batch, each row
   * with its own. The others (those that replace weights, embeddings or biases, and
   * weight-decomposed ones) have batches of their own, as have those with other end tokens.
   *
   * @param adapters for each request its adapter, or none for the base
   */
  public synchronized List<Generation> generateEach(
      List<Optional<String>> adapters, List<GenerateRequest> requests) {
    for (int i = 0; i < requests.size(); i++) {
      checkIds(adapters.get(i), requests.get(i).promptIds());
    }
    Map<Object, List<Integer>> batches =
        IntStream.range(0, requests.size())
            .boxed()
            .collect(Collectors.groupingBy(i -> batchKey(adapters.get(i))));
    Generation[] generations = new Generation[requests.size()];
    for (List<Integer> members : batches.values()) {
      List<Optional<String>> each = members.stream().map(adapters::get).toList();
      List<GenerateRequest> asked = members.stream().map(requests::get).toList();
      int[] ends = encoders.of(each.get(0)).endIds();
      List<Thinking> thinking =
          IntStream.range(0, asked.size())
              .mapToObj(i -> thinking(encoders.of(each.get(i)), asked.get(i)))
              .toList();
      List<int[]> made =
          generator.generate(
              model.roster(each), asked, ends, (i, ids) -> thinking.get(i).isFull(ids));
      for (int i = 0; i < made.size(); i++) {
        generations[members.get(i)] = thinking.get(i).generation(made.get(i));
      }
    }
    return List.of(generations);
  }

  /** Returns what requests have in common that may go through the base together. */
  private Object batchKey(Optional<String> adapter) {
    return model.mixes(adapter)
        ? Arrays.stream(encoders.of(adapter).endIds()).boxed().toList()
        : adapter;
  }

  private static Thinking thinking(PromptEncoder encoder, GenerateRequest request) {
    return encoder.thinking(request.promptIds(), request.options());
  }

  @Override
  public synchronized List<SequenceLogits> logits(Optional<String> adapter, List<int[]> sequences) {
    Model tensors = model.with(adapter);
    for (int[] ids : sequences) {
      checkLength(ids);
      checkIds(adapter, ids);
    }
    return Sequences.logits(model.kernel(), tensors, lanes, sequences);
  }

  @Override
  public List<String> pieces(Optional<String> adapter, int[] ids) {
    return encoders.of(adapter).pieces(ids);
  }

  @Override
  public synchronized List<TextReading> read(
      Optional<String> base, List<Optional<String>> tuned, List<ScoreRequest> requests) {
    for (Optional<String> each : tuned) {
      TextComparison.requireSameVocabulary(model.vocabulary(base), model.vocabulary(each));
    }
    TextComparison comparison =
        new TextComparison(
            side(base),
            tuned.stream().map(this::side).toList(),
            lanes,
            model.vocabulary(base),
            model.blueprint().sizes().maxLength());
    return comparison.readings(requests);
  }

  private Side side(Optional<String> adapter) {
    return new Side(model.kernel(), model.with(adapter));
  }

  private void checkIds(Optional<String> adapter, int[] ids) {
    int tokens = model.vocabulary(adapter);
    for (int id : ids) {
      if (id < 0 || id >= tokens) {
        throw new DecoderException(
            "Token id %d is not in the model's vocabulary of %d: the embedding has no row for it; leave its token out of the text."
                .formatted(id, tokens));
      }
    }
  }

  private void checkLength(int[] ids) {
    int longest = model.blueprint().longest();
    if (ids.length == 0 || ids.length > longest) {
      throw new DecoderException(
          "A sequence of %d tokens cannot be computed; the model takes 1 to %d."
              .formatted(ids.length, longest));
    }
  }

  @Override
  public synchronized void close() {
    lanes.close();
    encoders.close();
    model.close();
  }
}
