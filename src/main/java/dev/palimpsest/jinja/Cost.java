package dev.palimpsest.jinja;

import java.util.Collection;
import java.util.Map;

/** What it costs a budget to look through values once. */
final class Cost {
  /** Characters of a sought text that are compared at a place for the price of one. */
  private static final int COMPARED_AT_ONCE = 16;

  private Cost() {}

  /** Returns the characters or entries of a value. */
  static long of(Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    if (value instanceof Markup markup) {
      return markup.text().length();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    return value instanceof Collection<?> collection ? collection.size() : 1;
  }

  /** Returns the cost of a call; a text is looked for at every place of another. */
  static long of(Object value, Arguments arguments) {
    long cost = of(value);
    for (Object argument : arguments.positional()) {
      cost += ofSearch(value, argument);
    }
    for (Object argument : arguments.named().values()) {
      cost += ofSearch(value, argument);
    }
    return cost;
  }

  /** Returns the cost of looking for one value in another, the latter's own size left out. */
  static long ofSearch(Object value, Object sought) {
    long places = value instanceof String text ? text.length() : 0;
    long compared = sought instanceof String text ? text.length() / COMPARED_AT_ONCE : 0;
    return of(sought) + places * compared;
  }
}
