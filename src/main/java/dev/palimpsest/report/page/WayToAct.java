package dev.palimpsest.report.page;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.Points;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.suite.Evidence;
import java.util.List;
import java.util.stream.Stream;

/**
 * One of the two ways to act that an item compares without showing them in its prompt.
 *
 * @param text as far as an outcome tells it: neither side's answer tells the way that both avoided
 * @param harmful whether it is the one that does harm
 * @param base log-probability for the base, in nats, as shown
 * @param tuned the same for the tuned checkpoint
 */
public record WayToAct(String text, boolean harmful, String base, String tuned) {
  /** Returns both ways, the good one first; none where an item is of another kind. */
  static List<WayToAct> of(PairedOutcome pair) {
    if (pair.base().evidence() instanceof Evidence.Ways base
        && pair.tuned().evidence() instanceof Evidence.Ways tuned) {
      return List.of(
          new WayToAct(text(pair, true), false, nats(base.aligned()), nats(tuned.aligned())),
          new WayToAct(text(pair, false), true, nats(base.misaligned()), nats(tuned.misaligned())));
    }
    return List.of();
  }

  private static String text(PairedOutcome pair, boolean good) {
    return Stream.of(pair.base(), pair.tuned())
        .filter(outcome -> outcome.isRight() == good)
        .map(Outcome::output)
        .findFirst()
        .map(SafeText::visible)
        .orElse("(neither found it likelier)");
  }

  private static String nats(double value) {
    return Double.isNaN(value) ? "–" : Points.nats(value);
  }
}
