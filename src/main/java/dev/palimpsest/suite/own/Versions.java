package dev.palimpsest.suite.own;

import java.util.Comparator;
import java.util.stream.Stream;

/** Versions of three numbers, and their order. */
final class Versions {
  static final String FIRST = "1.0.0";

  static final Comparator<String> OLDEST_FIRST =
      Comparator.<String>comparingInt(version -> numbers(version)[0])
          .thenComparingInt(version -> numbers(version)[1])
          .thenComparingInt(version -> numbers(version)[2]);

  private Versions() {}

  /** Returns the version whose last number is one more. */
  static String after(String version) {
    int[] numbers = numbers(version);
    return numbers[0] + "." + numbers[1] + "." + (numbers[2] + 1);
  }

  private static int[] numbers(String version) {
    return Stream.of(version.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }
}
