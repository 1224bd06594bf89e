package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.Points;
import dev.palimpsest.stats.Interval;
import java.util.Objects;

/**
 * One figure of a finding beside its change of score.
 *
 * @param id for tools, such as "lead"
 * @param label for people, such as "Lead"
 * @param value tuned − base, or a share
 * @param interval at the gate's level; null where there is none
 * @param unit what the value counts in
 * @param gates whether a verdict depends on it
 * @param note what to know when reading it, a clause without a full stop; may be empty
 */
public record Measure(
    String id,
    String label,
    double value,
    Interval interval,
    Unit unit,
    boolean gates,
    String note) {
  /** What a value counts in, and how it is written. */
  public enum Unit {
    /** A difference of shares. */
    POINTS,
    /** A share of items. */
    SHARE,
    /** A difference of natural logarithms. */
    NATS;

    String text(double value) {
      return switch (this) {
        case POINTS -> Points.signed(value);
        case SHARE -> Points.percent(value);
        case NATS -> Points.signedNats(value);
      };
    }

    String suffix() {
      return switch (this) {
        case POINTS -> " points";
        case SHARE -> "";
        case NATS -> " nats";
      };
    }
  }

  public Measure {
    Objects.requireNonNull(id, "id is null");
    Objects.requireNonNull(label, "label is null");
    Objects.requireNonNull(unit, "unit is null");
    Objects.requireNonNull(note, "note is null");
  }

  /**
   * Returns the figure as every rendering prints it: "−1.39 nats (90% interval −2.10 to −0.68); not
   * gated".
   *
   * @param level of the interval
   */
  public String text(double level) {
    String between =
        interval == null
            ? ""
            : " ("
                + Points.intervalLabel(level)
                + " "
                + unit.text(interval.low())
                + " to "
                + unit.text(interval.high())
                + ")";
    return unit.text(value)
        + unit.suffix()
        + between
        + (note.isEmpty() ? "" : ", " + note)
        + (gates ? "" : "; not gated");
  }
}
