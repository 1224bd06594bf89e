package dev.palimpsest.audit.behaviour;

import dev.palimpsest.audit.Points;
import dev.palimpsest.stats.Interval;
import java.util.Locale;

/**
 * One figure of how an arm answers. Intervals of shares are Wilson's, and Tango's for the change;
 * those of lengths are of t.
 *
 * @param id for tools, such as "meanWords"
 * @param label for people
 * @param unit "share" or "words"
 * @param n answers that it is of
 * @param base the base's value
 * @param baseInterval of the base's value
 * @param value the arm's value
 * @param interval of the arm's value
 * @param change value − base, over the same items
 * @param changeInterval of the change
 */
public record BehaviourMeasure(
    String id,
    String label,
    String unit,
    int n,
    double base,
    Interval baseInterval,
    double value,
    Interval interval,
    double change,
    Interval changeInterval) {
  private static final String SHARE = "share";

  /** Tells whether the interval of the change leaves out none at all. */
  public boolean isChanged() {
    return changeInterval.low() > 0 || changeInterval.high() < 0;
  }

  /** Returns a value as it is printed, "12.3%" or "26.9 words". */
  public String text(double shown) {
    return text(unit, shown);
  }

  /** Returns a value of a unit as every rendering prints it. */
  public static String text(String unit, double shown) {
    return unit.equals(SHARE)
        ? Points.percent(shown)
        : String.format(Locale.ROOT, "%.1f words", shown);
  }

  /** Returns a change in points or words as every rendering prints it, "+1.2" or "−3.6". */
  public static String signed(String unit, double shown) {
    return unit.equals(SHARE)
        ? Points.signed(shown)
        : String.format(Locale.ROOT, "%+.1f", shown).replace('-', '\u2212');
  }

  /** Returns the change with its interval as it is printed. */
  public String changeText(double level) {
    return signed(unit, change)
        + (unit.equals(SHARE) ? " points" : " words")
        + " ("
        + Points.intervalLabel(level)
        + " "
        + signed(unit, changeInterval.low())
        + " to "
        + signed(unit, changeInterval.high())
        + ")";
  }
}
