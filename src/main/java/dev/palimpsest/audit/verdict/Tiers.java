package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.plan.PlannedSuite;
import java.util.List;
import java.util.Map;

/** Parts of a suite by tier. */
final class Tiers {
  /** In the order in which they are told. */
  static final List<String> ORDER = List.of("easy", "medium", "hard");

  private Tiers() {}

  /** Returns the items of a tier as a suite of their own. */
  static PlannedSuite part(PlannedSuite suite, String tier, double margin) {
    return new PlannedSuite(
        suite.suite(),
        suite.version(),
        suite.digest(),
        suite.capability(),
        suite.metric(),
        suite.itemIds().stream().filter(id -> tier.equals(suite.tiers().get(id))).toList(),
        margin,
        suite.chance(),
        Map.of(),
        suite.topics(),
        suite.clusters(),
        suite.languages(),
        suite.skill());
  }
}
