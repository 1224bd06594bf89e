package dev.palimpsest.audit.comparison;

import dev.palimpsest.stats.Interval;
import java.util.Objects;

/**
 * Two bases and a tune of each on the same items, full and quantised say: how much of what the
 * second tune lacks to the first base is the tuning's, how much the base's, and how much only both
 * together make. With B and F of the left side, B' and F' of the right: F' − B = (F − B) + (B' − B)
 * + contrast.
 *
 * @param n items with a score on all four
 * @param tuning B to F: what tuning changed on the left base
 * @param tuningOfRight B' to F': what it changed on the right one
 * @param base B to B': what the other base changed, untuned
 * @param whole B to F'
 * @param contrast (F' − B') − (F − B)
 * @param interval of the contrast, {@link dev.palimpsest.stats.ItemContrast}
 * @param p of "the contrast is 0"
 * @param sentence what that says, in words
 */
public record TwoByTwo(
    int n,
    Change tuning,
    Change tuningOfRight,
    Change base,
    Change whole,
    double contrast,
    Interval interval,
    double p,
    String sentence) {
  public TwoByTwo {
    Objects.requireNonNull(interval, "interval is null");
    Objects.requireNonNull(sentence, "sentence is null");
  }
}
