package dev.palimpsest.stats;

/** Checks the counts of a binomial sample. */
final class Trials {
  private Trials() {}

  static void require(int successes, int n) {
    if (n < 1 || successes < 0 || successes > n) {
      throw new IllegalArgumentException(successes + " of " + n + " is not a count of successes");
    }
  }
}
