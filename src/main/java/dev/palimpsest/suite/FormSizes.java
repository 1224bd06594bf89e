package dev.palimpsest.suite;

/**
 * How many items of a suite the plans draw.
 *
 * @param quick of a quick audit, at least 1
 * @param standard of a standard one, at least 1
 */
public record FormSizes(int quick, int standard) {
  private static final int QUICK = 100;

  /** What a suite gets that says nothing: 100 items, and all of them. */
  static final FormSizes UNSAID = new FormSizes(QUICK, Integer.MAX_VALUE);
}
