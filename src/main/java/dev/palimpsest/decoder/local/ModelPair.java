package dev.palimpsest.decoder.local;

import dev.palimpsest.checkpoint.CheckpointKind;
import dev.palimpsest.checkpoint.CheckpointLocation;
import dev.palimpsest.checkpoint.model.Checkpoint;
import dev.palimpsest.decoder.kernel.Comparison;
import dev.palimpsest.decoder.kernel.NativeEngine;
import dev.palimpsest.decoder.packing.Divergences;
import dev.palimpsest.decoder.packing.Lanes;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.RollingWindows;
import dev.palimpsest.inference.RunnerOptions;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.TextDivergence;
import dev.palimpsest.prompt.PromptEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A base and a checkpoint tuned from it, loaded together to compare what they expect next.
 *
 * <p>An adapter shares the base's weights; any other tuned checkpoint is loaded beside it.
 */
public final class ModelPair implements AutoCloseable {
  private static final String ADAPTER = "tuned";

  private final PromptEncoder encoder;
  private final LocalModel base;
  private final Optional<LocalModel> other;
  private final Lanes lanes;
  private final int window;

  private ModelPair(
      PromptEncoder encoder,
      LocalModel base,
      Optional<LocalModel> other,
      RunnerOptions options,
      int window) {
    this.encoder = encoder;
    this.base = base;
    this.other = other;
    this.lanes = new Lanes(base.kernel(), base.kernel().isOnGpu() ? 1 : options.threads());
    this.window = Math.min(window, base.blueprint().sizes().maxLength());
  }

  /**
   * Loads both.
   *
   * @param tuned an adapter for the base, or a checkpoint with the same vocabulary
   * @param window most tokens of a text that are computed together
   * @throws DecoderException if they do not go together
   */
  public static ModelPair open(
      Path base, Path tuned, DType dtype, RunnerOptions options, int window) {
    NativeEngine.useThreads(options.threads());
    boolean adapter = CheckpointLocation.of(tuned).kind() == CheckpointKind.ADAPTER;
    Map<String, Path> adapters = adapter ? Map.of(ADAPTER, tuned) : Map.of();
    List<Runnable> opened = new ArrayList<>();
    try (Checkpoint checkpoint = Checkpoint.open(base)) {
      PromptEncoder encoder = PromptEncoder.open(checkpoint, Optional.empty());
      opened.add(encoder::close);
      LocalModel first = LocalModel.load(checkpoint, new ModelSpec(base, dtype, adapters));
      opened.add(first::close);
      if (adapter) {
        requireSameVocabulary(first, first.vocabulary(Optional.of(ADAPTER)));
      }
      Optional<LocalModel> second =
          adapter ? Optional.empty() : Optional.of(other(tuned, dtype, first));
      return new ModelPair(encoder, first, second, options, window);
    } catch (RuntimeException e) {
      opened.forEach(Runnable::run);
      throw e;
    }
  }

  private static LocalModel other(Path tuned, DType dtype, LocalModel base) {
    try (Checkpoint checkpoint = Checkpoint.open(tuned)) {
      LocalModel model = LocalModel.load(checkpoint, new ModelSpec(tuned, dtype, Map.of()));
      try {
        requireSameVocabulary(base, model.blueprint().sizes().vocabulary());
      } catch (DecoderException e) {
        model.close();
        throw e;
      }
      return model;
    }
  }

  private static void requireSameVocabulary(LocalModel base, int found) {
    int expected = base.blueprint().sizes().vocabulary();
    if (found != expected) {
      throw new DecoderException(
          "The tuned checkpoint has a vocabulary of %d and the base one of %d; distributions can be compared over one vocabulary only."
              .formatted(found, expected));
    }
  }

  /** Compares both on every token of a text, in rolling windows. */
  public TextDivergence compare(String text) {
    int prefix = encode("")[0];
    List<ScoreRequest> windows = RollingWindows.of(prefix, encode(text), window);
    int vocabulary = base.blueprint().sizes().vocabulary();
    List<Comparison> found =
        new Divergences(lanes, vocabulary).of(side(base, Optional.empty()), tuned(), windows);
    return sum(found);
  }

  private int[] encode(String text) {
    return encoder.encode(new EncodeRequest(new Prompt.Text(text), List.of())).contextIds();
  }

  private Divergences.Side tuned() {
    return other
        .map(model -> side(model, Optional.empty()))
        .orElseGet(() -> side(base, Optional.of(ADAPTER)));
  }

  private static Divergences.Side side(LocalModel model, Optional<String> adapter) {
    return new Divergences.Side(model.kernel(), model.with(adapter));
  }

  private static TextDivergence sum(List<Comparison> found) {
    double[] divergence =
        found.stream().flatMapToDouble(c -> Arrays.stream(c.divergence())).toArray();
    double baseSum = 0;
    double tunedSum = 0;
    int same = 0;
    for (Comparison part : found) {
      for (int i = 0; i < part.sameTop().length; i++) {
        baseSum += part.baseLogProbs()[i];
        tunedSum += part.tunedLogProbs()[i];
        same += part.sameTop()[i] ? 1 : 0;
      }
    }
    return new TextDivergence(divergence, baseSum, tunedSum, same);
  }

  @Override
  public void close() {
    lanes.close();
    encoder.close();
    other.ifPresent(LocalModel::close);
    base.close();
  }
}
