package dev.palimpsest.stats;

import java.util.Arrays;

/** Natural logarithms of factorials, kept. */
final class LogFactorial {
  private static volatile double[] known = {0, 0};

  private LogFactorial() {}

  /** Returns ln n!. */
  static double of(int n) {
    double[] table = known;
    return n < table.length ? table[n] : grown(n)[n];
  }

  private static synchronized double[] grown(int n) {
    double[] before = known;
    double[] table = Arrays.copyOf(before, Math.max(n + 1, 2 * before.length));
    for (int i = before.length; i < table.length; i++) {
      table[i] = table[i - 1] + Math.log(i);
    }
    known = table;
    return table;
  }
}
