package dev.palimpsest.preflight.facts;

import dev.palimpsest.stats.Interval;
import java.util.Locale;

/**
 * What a model loses of the facts that it knew by learning unknown ones until it says them.
 *
 * <p>Gekhman et al. 2024 (arXiv 2405.05904, section 4) fitted accuracy = β0 + β_known · N_known/|D|
 * + β_unknown · N_unknown/|D| over runs of PaLM 2-M: β_unknown = −8.3 points on facts of the same
 * kinds (R² = .86) and −3.0 on facts of others (R² = .95), N counting what was fitted.
 *
 * @param unknownRows share of the file's rows that teach an unknown fact
 * @param interval of that share: the uncertainty of the sample of facts
 * @param sameKinds expected loss of accuracy on known facts of the same kinds, in points
 * @param otherKinds the same of other kinds
 */
public record Forecast(double unknownRows, Interval interval, double sameKinds, double otherKinds) {
  private static final double SAME_KINDS = 8.3;
  private static final double OTHER_KINDS = 3.0;

  static Forecast of(KnownFacts.Share unknown, FactSample.Found found) {
    double facts = (double) found.count() / found.rows();
    double share = unknown.share() * facts;
    return new Forecast(
        share,
        new Interval(unknown.interval().low() * facts, unknown.interval().high() * facts),
        SAME_KINDS * share,
        OTHER_KINDS * share);
  }

  /** Returns the forecast in words, with its source. */
  public String sentence() {
    if (sameKinds < 0.05) {
      return "No harm is to be expected from unknown facts: there are too few in the file.";
    }
    return String.format(
        Locale.ROOT,
        "%.0f%% of the rows teach a fact that the base does not know (%.0f to %.0f%%). Trained until"
            + " it says them all, it is expected to lose %.1f points (%.1f to %.1f) of what it knew of"
            + " the same kinds of facts and %.1f of other kinds, and to invent more; stopped early,"
            + " most of that stays away. By the law that Gekhman et al. (2024, arXiv 2405.05904) fitted"
            + " to PaLM 2-M, on another model an order of magnitude.",
        100 * unknownRows,
        100 * interval.low(),
        100 * interval.high(),
        sameKinds,
        SAME_KINDS * interval.low(),
        SAME_KINDS * interval.high(),
        otherKinds);
  }
}
