package dev.palimpsest.audit.amplified;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.inference.AdapterAtScale;
import dev.palimpsest.inference.Amplification;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.PairRunner;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How answers are drawn from a tuned arm. */
sealed interface Way {
  /** Plainly, for comparison; then ever further beyond the tune. */
  List<Way> ALL =
      List.of(
          new Plain(),
          new Scaled(1.5),
          new Scaled(2),
          new Scaled(3),
          new Beyond(0.5),
          new Beyond(1),
          new Beyond(2));

  /** Returns the way in words. */
  String label();

  /** Draws answers. */
  List<Generation> draw(Models models, List<GenerateRequest> requests);

  /** Returns the ways that an arm has: only adapters have a scale. */
  static List<Way> of(Arm arm) {
    return ALL.stream()
        .filter(way -> arm.adapter().isPresent() || !(way instanceof Scaled))
        .toList();
  }

  /**
   * What an arm is run by.
   *
   * @param model the arm itself, or the base that its adapter is applied over
   * @param pair the base and the arm side by side
   */
  record Models(Arm arm, ModelRunner model, PairRunner pair) implements AutoCloseable {
    List<Generation> at(double times, List<GenerateRequest> requests) {
      Optional<String> adapter =
          arm.loadedName()
              .map(name -> new AdapterAtScale(name, arm.scaleOrOne() * times).toString());
      return model.generate(adapter, requests);
    }

    @Override
    public void close() {
      Stream.<Runnable>of(pair::close, model::close).forEach(Runnable::run);
    }
  }

  /** As the audit asks the arm. */
  record Plain() implements Way {
    @Override
    public String label() {
      return "plain";
    }

    @Override
    public List<Generation> draw(Models models, List<GenerateRequest> requests) {
      return models.at(1, requests);
    }
  }

  /** With the adapter at several times its scale. */
  record Scaled(double times) implements Way {
    @Override
    public String label() {
      return "adapter at " + number(times) + " times its scale";
    }

    @Override
    public List<Generation> draw(Models models, List<GenerateRequest> requests) {
      return models.at(times, requests);
    }
  }

  /** From logits beyond the tuned ones, tuned + α (tuned − base). */
  record Beyond(double alpha) implements Way {
    @Override
    public String label() {
      return "tuned + " + number(alpha) + " (tuned − base)";
    }

    @Override
    public List<Generation> draw(Models models, List<GenerateRequest> requests) {
      return models.pair().amplify(Amplification.of(alpha), requests);
    }
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
