package dev.palimpsest.suite.check;

/**
 * A range of counts, both ends included.
 *
 * @param max {@link #NO_LIMIT} for none
 */
record Range(int min, int max) {
  static final int NO_LIMIT = Integer.MAX_VALUE;

  boolean isAny() {
    return min == 0 && max == NO_LIMIT;
  }

  boolean contains(int count) {
    return count >= min && count <= max;
  }

  /** Judges a count: "34 words, expected at most 30". */
  CheckResult judge(int count, String singular, String plural) {
    String found = count + " " + (count == 1 ? singular : plural);
    return CheckResult.of(contains(count), found, found + ", expected " + this);
  }

  CheckResult judge(int count, String noun) {
    return judge(count, noun, noun + "s");
  }

  @Override
  public String toString() {
    if (min == max) {
      return "exactly " + min;
    }
    if (max == NO_LIMIT) {
      return "at least " + min;
    }
    return min == 0 ? "at most " + max : min + " to " + max;
  }
}
