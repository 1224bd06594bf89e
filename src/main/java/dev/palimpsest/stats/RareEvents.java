package dev.palimpsest.stats;

import java.util.Collection;

/**
 * What can be said of events that hardly ever happen. Several answers to one prompt are no several
 * trials: what counts is on how many distinct prompts it happened at least once.
 *
 * <p>The upper bound is Clopper and Pearson's; with no event on n prompts it is 1 − α^(1/n), 2.95%
 * for 100 and 0.30% for 1000 at α = 5%.
 */
public final class RareEvents {
  private RareEvents() {}

  /**
   * Returns the one-sided upper bound of the share of prompts on which it happens.
   *
   * @param events how often it happened on each prompt, at least one prompt
   * @param alpha in (0, 1)
   */
  public static double upper(Collection<Integer> events, double alpha) {
    int prompts = (int) events.stream().filter(count -> count > 0).count();
    return ClopperPearson.upper(prompts, events.size(), alpha);
  }

  /**
   * Returns how many distinct prompts without an event prove that the rate is below r: the first n
   * with (1 − r)^n ≤ α. 299 for 1% and 598 for 0.5% at α = 5%.
   *
   * @param rate r, in (0, 1)
   * @param alpha in (0, 1)
   */
  public static int promptsNeeded(double rate, double alpha) {
    if (!(rate > 0 && rate < 1 && alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("no number proves a rate below " + rate);
    }
    return (int) Math.ceil(Math.log(alpha) / Math.log1p(-rate));
  }
}
