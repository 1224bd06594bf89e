package dev.palimpsest.preflight.tuned;

import dev.palimpsest.inference.PairRunner;
import dev.palimpsest.training.TrainingFile;
import dev.palimpsest.training.TrainingRow;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a tuned checkpoint shows of its training file.
 *
 * @param name what people call the checkpoint
 * @param drift how far it moved on the file's answers
 * @param plain how far on plain texts; empty where there are none
 * @param memorised what of the file it says word for word
 */
public record TunedLook(String name, Drift drift, Optional<Drift> plain, Memorised memorised) {
  public TunedLook {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(drift, "drift is null");
    Objects.requireNonNull(plain, "plain is null");
    Objects.requireNonNull(memorised, "memorised is null");
  }

  /**
   * Looks at a tuned checkpoint beside its base.
   *
   * @param rows some of the file, evenly drawn
   * @param texts plain ones that have nothing to do with the file
   * @param progress hears in a sentence what goes on
   */
  public static TunedLook of(
      String name,
      PairRunner pair,
      TrainingFile file,
      List<TrainingRow> rows,
      List<String> texts,
      Consumer<String> progress) {
    progress.accept("Comparing " + name + " with its base on training answers and plain texts");
    Drift drift = Drift.of(pair, rows);
    Optional<Drift> plain =
        texts.isEmpty() ? Optional.empty() : Optional.of(Drift.ofTexts(pair, texts));
    return new TunedLook(name, drift, plain, Memorised.of(pair, file, progress));
  }
}
