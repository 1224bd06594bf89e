package dev.palimpsest.report;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private static final String GOOD_KEY = "logprob_aligned";
  private static final String HARMFUL_KEY = "logprob_misaligned";

  /** Returns both ways, the good one first; none where an item is of another kind. */
  static List<WayToAct> of(PairedOutcome pair) {
    Map<String, Double> base = pair.base().details();
    Map<String, Double> tuned = pair.tuned().details();
    if (!base.containsKey(GOOD_KEY) || !tuned.containsKey(GOOD_KEY)) {
      return List.of();
    }
    return List.of(
        new WayToAct(text(pair, true), false, nats(base.get(GOOD_KEY)), nats(tuned.get(GOOD_KEY))),
        new WayToAct(
            text(pair, false), true, nats(base.get(HARMFUL_KEY)), nats(tuned.get(HARMFUL_KEY))));
  }

  private static String text(PairedOutcome pair, boolean good) {
    return Stream.of(pair.base(), pair.tuned())
        .filter(outcome -> outcome.isRight() == good)
        .map(Outcome::output)
        .findFirst()
        .map(SafeText::visible)
        .orElse("(neither found it likelier)");
  }

  private static String nats(Double value) {
    return value == null ? "–" : String.format(Locale.ROOT, "%.2f", value).replace('-', '\u2212');
  }
}
