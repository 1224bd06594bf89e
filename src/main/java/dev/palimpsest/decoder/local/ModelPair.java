package dev.palimpsest.decoder.local;

import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.decoder.family.Sizes;
import dev.palimpsest.decoder.kernel.NativeEngine;
import dev.palimpsest.decoder.packing.Amplifier;
import dev.palimpsest.decoder.packing.Generator;
import dev.palimpsest.decoder.packing.Lanes;
import dev.palimpsest.decoder.packing.Side;
import dev.palimpsest.inference.AdapterAtScale;
import dev.palimpsest.inference.Amplification;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.PairDescription;
import dev.palimpsest.inference.PairRunner;
import dev.palimpsest.inference.PairSpec;
import dev.palimpsest.inference.PromptFormat;
import dev.palimpsest.inference.RunnerOptions;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.TextDivergence;
import dev.palimpsest.prompt.PromptEncoder;
import dev.palimpsest.prompt.PromptEncoders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A base and a checkpoint tuned from it, loaded together: what each expects next on the same
 * tokens, and what comes of amplifying the difference.
 *
 * <p>Adapters of one checkpoint share its weights; any other tuned checkpoint is loaded beside it.
 */
public final class ModelPair implements PairRunner {
  private static final String BASE = "base";
  private static final String TUNED = "tuned";

  private final List<AutoCloseable> opened;
  private final Half base;
  private final Half tuned;
  private final PromptEncoder asked;
  private final PairDescription description;
  private final Lanes lanes;
  private final Amplifier amplifier;

  /** One model of the pair. */
  private record Half(LocalModel model, PromptEncoders encoders, Optional<String> adapter) {
    Side side() {
      return new Side(model.kernel(), model.with(adapter));
    }

    PromptEncoder encoder() {
      return encoders.of(adapter);
    }

    int vocabulary() {
      return model.vocabulary(adapter);
    }

    Sizes sizes() {
      return model.blueprint().sizes();
    }
  }

  private ModelPair(List<AutoCloseable> opened, Half base, Half tuned, RunnerOptions options) {
    this.opened = opened;
    this.base = base;
    this.tuned = tuned;
    PromptFormat own = tuned.encoders().format(tuned.adapter());
    PromptFormat format = own.hasChatTemplate() ? own : base.encoders().format(base.adapter());
    this.asked = own.hasChatTemplate() ? tuned.encoder() : base.encoder();
    int longest = Math.min(base.sizes().maxLength(), tuned.sizes().maxLength());
    this.description =
        new PairDescription(base.vocabulary(), longest, format, base.model().kernel().device());
    int threads = base.model().kernel().isOnGpu() ? 1 : options.threads();
    this.lanes = new Lanes(base.model().kernel(), threads);
    opened.add(lanes);
    this.amplifier = new Amplifier(lanes, limits(options), restart());
  }

  private Generator.Limits limits(RunnerOptions options) {
    int longest =
        Math.min(
            base.model().blueprint().longestGeneration(),
            tuned.model().blueprint().longestGeneration());
    return new Generator.Limits(
        longest,
        options.batchSize(),
        options.cacheBytes(),
        bytesPerToken(base.model()) + bytesPerToken(tuned.model()));
  }

  private static long bytesPerToken(LocalModel model) {
    Sizes sizes = model.blueprint().sizes();
    return 2L * sizes.layers() * sizes.keyWidth() * model.kernel().cachedBytes();
  }

  /**
   * Returns the smaller of the lengths at which one of the models turns tokens otherwise; 0: none.
   */
  private int restart() {
    return IntStream.of(base.model().blueprint().restart(), tuned.model().blueprint().restart())
        .filter(length -> length > 0)
        .min()
        .orElse(0);
  }

  /**
   * Loads both.
   *
   * @throws DecoderException if they do not go together
   */
  public static ModelPair open(PairSpec spec, RunnerOptions options) {
    NativeEngine.useThreads(options.threads());
    List<AutoCloseable> opened = new ArrayList<>();
    try {
      boolean one = full(spec.base()).equals(full(spec.tuned()));
      Map<String, Path> adapters = new HashMap<>();
      spec.base().adapter().ifPresent(path -> adapters.put(BASE, path));
      if (one) {
        spec.tuned().adapter().ifPresent(path -> adapters.put(TUNED, path));
      }
      Half base = load(spec.base(), BASE, adapters, spec.dtype(), opened);
      Half tuned =
          one
              ? new Half(base.model(), base.encoders(), name(spec.tuned(), TUNED))
              : load(spec.tuned(), TUNED, ofItsOwn(spec.tuned()), spec.dtype(), opened);
      TextComparison.requireSameVocabulary(base.vocabulary(), tuned.vocabulary());
      return new ModelPair(opened, base, tuned, options);
    } catch (RuntimeException e) {
      close(opened);
      throw e;
    }
  }

  private static Path full(PairSpec.Side side) {
    return side.checkpoint().toAbsolutePath().normalize();
  }

  private static Map<String, Path> ofItsOwn(PairSpec.Side side) {
    return side.adapter().map(path -> Map.of(TUNED, path)).orElse(Map.of());
  }

  private static Half load(
      PairSpec.Side side,
      String name,
      Map<String, Path> adapters,
      DType dtype,
      List<AutoCloseable> opened) {
    ModelSpec spec = new ModelSpec(side.checkpoint(), dtype, adapters);
    try (Checkpoint checkpoint = Checkpoint.open(side.checkpoint())) {
      PromptEncoders encoders = PromptEncoders.open(checkpoint, spec);
      opened.add(encoders);
      LocalModel model = LocalModel.load(checkpoint, spec);
      opened.add(model);
      return new Half(model, encoders, name(side, name));
    }
  }

  /** Returns the name that a side's adapter is asked for by. */
  private static Optional<String> name(PairSpec.Side side, String name) {
    return side.adapter().map(path -> new AdapterAtScale(name, side.scale()).toString());
  }

  @Override
  public PairDescription description() {
    return description;
  }

  @Override
  public List<Encoded> encode(List<EncodeRequest> requests) {
    return requests.stream().map(asked::encode).toList();
  }

  @Override
  public synchronized List<TextDivergence> compare(List<ScoreRequest> requests) {
    return comparison().of(requests);
  }

  @Override
  public List<TextDivergence> compareTexts(List<String> texts, int window) {
    return texts.stream().map(text -> compare(text, window)).toList();
  }

  /**
   * Compares both on every token of a text, in rolling windows.
   *
   * @param window most tokens that are computed together
   */
  public synchronized TextDivergence compare(String text, int window) {
    return comparison().of(text, base.encoder(), window);
  }

  private TextComparison comparison() {
    return new TextComparison(
        base.side(),
        List.of(tuned.side()),
        lanes,
        description.vocabularySize(),
        description.maxLength());
  }

  @Override
  public synchronized List<Generation> amplify(Amplification how, List<GenerateRequest> requests) {
    requests.forEach(request -> comparison().checkIds(request.promptIds()));
    List<int[]> made = amplifier.generate(base.side(), tuned.side(), how, requests, asked.endIds());
    return IntStream.range(0, made.size())
        .mapToObj(
            i -> {
              GenerateRequest request = requests.get(i);
              return asked
                  .thinking(request.promptIds(), request.options().withThinking(0))
                  .generation(made.get(i));
            })
        .toList();
  }

  @Override
  public synchronized void close() {
    close(opened);
  }

  /** Closes what was opened, the last first. */
  private static void close(List<AutoCloseable> opened) {
    while (!opened.isEmpty()) {
      AutoCloseable last = opened.remove(opened.size() - 1);
      try {
        last.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e); // none of them declares one
      }
    }
  }
}
