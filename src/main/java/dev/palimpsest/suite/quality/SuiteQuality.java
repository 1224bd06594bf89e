package dev.palimpsest.suite.quality;

import dev.palimpsest.suite.Suite;
import java.util.List;
import java.util.function.Function;

/** Checks a suite's items without a model. A new check is a class and a line here. */
public final class SuiteQuality {
  private static final List<Function<Suite, List<Finding>>> CHECKS =
      List.of(
          Balance::of,
          NumericRanks::of,
          NearDuplicates::of,
          Wording::of,
          JunkPasses::of,
          YesOrNo::of,
          Keys::of);

  private SuiteQuality() {}

  /** Returns what the checks find that have something to say about the suite. */
  public static List<Finding> of(Suite suite) {
    return CHECKS.stream().flatMap(check -> check.apply(suite).stream()).toList();
  }
}
