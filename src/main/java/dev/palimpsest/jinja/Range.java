package dev.palimpsest.jinja;

import java.util.AbstractList;
import java.util.RandomAccess;

/** The numbers of a range() call, bounded in their count. */
final class Range extends AbstractList<Object> implements Instance, RandomAccess {
  private final long start;
  private final long stop;
  private final long step;
  private final int size;

  private Range(long start, long stop, long step) {
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.size = count();
  }

  static Range of(Arguments arguments) {
    Arguments.Bound bound = arguments.bindPositional("range", "start", "stop", "step");
    long first = Types.toLong(bound.required(0));
    long step = bound.integer(2, 1);
    if (step == 0) {
      throw new TemplateException("range() step must not be zero");
    }
    return bound.has(1)
        ? new Range(first, Types.toLong(bound.required(1)), step)
        : new Range(0, first, step);
  }

  private int count() {
    double distance = ((double) stop - start) / step;
    if (distance > Budget.MAX_RANGE) {
      throw new TemplateException(
          "range() is too big; at most " + Budget.MAX_RANGE + " numbers are allowed");
    }
    return (int) Math.max(0, Math.ceil(distance));
  }

  @Override
  public Object get(int index) {
    return start + index * step;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String typeName() {
    return "range";
  }

  @Override
  public Object attribute(String name) {
    return switch (name) {
      case "start" -> start;
      case "stop" -> stop;
      case "step" -> step;
      default -> ABSENT;
    };
  }

  /** Returns every so many numbers from one position to another. */
  Range part(long from, long to, long stride) {
    return new Range(start + from * step, start + to * step, step * stride);
  }

  @Override
  public String printed() {
    return step == 1
        ? "range(%d, %d)".formatted(start, stop)
        : "range(%d, %d, %d)".formatted(start, stop, step);
  }
}
