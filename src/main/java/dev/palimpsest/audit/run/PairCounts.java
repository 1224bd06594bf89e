package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import java.util.HashMap;
import java.util.Map;

/** How many pairs of each suite and tuned arm came out which way. */
public final class PairCounts {
  private record Key(String suite, String tuned) {}

  private final Map<Key, Map<PairedOutcome.Change, Integer>> counts = new HashMap<>();

  /** Counts one suite and arm. */
  interface Source {
    Map<PairedOutcome.Change, Integer> of(String suite, String tuned);
  }

  private PairCounts() {}

  static PairCounts of(AuditPlan plan, Source source) {
    PairCounts all = new PairCounts();
    for (PlannedSuite suite : plan.suites()) {
      for (Arm arm : plan.tuned()) {
        all.counts.put(new Key(suite.suite(), arm.name()), source.of(suite.suite(), arm.name()));
      }
    }
    return all;
  }

  /** Returns the number of pairs of one change. */
  public int of(String suite, String tuned, PairedOutcome.Change change) {
    return of(suite, tuned).getOrDefault(change, 0);
  }

  /** Returns the number of all pairs. */
  public int all(String suite, String tuned) {
    return of(suite, tuned).values().stream().mapToInt(Integer::intValue).sum();
  }

  private Map<PairedOutcome.Change, Integer> of(String suite, String tuned) {
    return counts.getOrDefault(new Key(suite, tuned), Map.of());
  }
}
