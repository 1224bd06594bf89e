package dev.palimpsest.preflight;

import dev.palimpsest.inference.AdapterAtScale;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.ModelSpec;
import dev.palimpsest.inference.PairLoader;
import dev.palimpsest.inference.PairRunner;
import dev.palimpsest.inference.PairSpec;
import dev.palimpsest.preflight.facts.AnswerCache;
import dev.palimpsest.preflight.facts.FactMode;
import dev.palimpsest.preflight.facts.FactTrial;
import dev.palimpsest.preflight.facts.KnownFacts;
import dev.palimpsest.preflight.tuned.TunedLook;
import dev.palimpsest.training.TrainingFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks models what a training file cannot say by itself.
 *
 * @param models loads the base alone
 * @param pairs loads it beside a tuned checkpoint
 * @param cache keeps what the base answered
 * @param progress hears in a sentence what goes on
 */
public record ModelLooks(
    ModelLoader models, PairLoader pairs, AnswerCache cache, Consumer<String> progress) {
  private static final String BASE = "base";

  public ModelLooks {
    Objects.requireNonNull(models, "models is null");
    Objects.requireNonNull(pairs, "pairs is null");
    Objects.requireNonNull(cache, "cache is null");
    Objects.requireNonNull(progress, "progress is null");
  }

  /**
   * Returns which facts of a file the base knows; empty where nobody asked, or the file has none.
   *
   * @param digest tells the base's files from others; asked for only where a fact is tried
   * @param limit how many facts are tried at most
   */
  public Optional<KnownFacts> facts(
      Preflight preflight, PairSpec.Side base, Supplier<String> digest, FactMode mode, int limit) {
    if (mode == FactMode.NONE) {
      return Optional.empty();
    }
    if (preflight.facts().count() == 0) {
      return Optional.of(KnownFacts.none(mode, preflight.facts()));
    }
    Map<String, Path> adapters = base.adapter().map(path -> Map.of(BASE, path)).orElse(Map.of());
    Optional<String> adapter =
        base.adapter().map(path -> new AdapterAtScale(BASE, base.scale()).toString());
    progress.accept("Loading the base");
    ModelSpec spec = new ModelSpec(base.checkpoint(), DType.FLOAT32, adapters);
    try (ModelRunner model = models.load(spec)) {
      return Optional.of(
          new FactTrial(model, adapter, digest.get(), mode, cache, progress)
              .of(preflight.facts(), limit));
    }
  }

  /** Returns what a tuned checkpoint shows of the file that it was trained on. */
  public TunedLook tuned(String name, PairSpec spec, TrainingFile file, Preflight preflight) {
    progress.accept("Loading " + name + " beside its base");
    try (PairRunner pair = pairs.load(spec)) {
      return TunedLook.of(name, pair, file, preflight.sample(), preflight.texts(), progress);
    }
  }
}
