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
  /** Tells whether the interval of the change leaves out none at all. */
  public boolean isChanged() {
    return changeInterval.low() > 0 || changeInterval.high() < 0;
  }

  /** Returns a value as it is printed, "12.3%" or "26.9 words". */
  public String text(double shown) {
    return unit.equals("share")
        ? Points.percent(shown)
        : String.format(Locale.ROOT, "%.1f words", shown);
  }

  /** Returns the change with its interval as it is printed. */
  public String changeText(double level) {
    String points = unit.equals("share") ? " points" : " words";
    return signed(change)
        + points
        + " ("
        + Points.intervalLabel(level)
        + " "
        + signed(changeInterval.low())
        + " to "
        + signed(changeInterval.high())
        + ")";
  }

  private String signed(double shown) {
    return unit.equals("share")
        ? Points.signed(shown)
        : String.format(Locale.ROOT, "%+.1f", shown).replace('-', '\u2212');
  }
}
