package dev.palimpsest.audit.run;

import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A plan and the place of each item in it, by suite. */
record Planned(AuditPlan plan, Map<String, Map<String, Integer>> places) {
  static Planned of(AuditPlan plan) {
    Map<String, Map<String, Integer>> places = new HashMap<>();
    for (PlannedSuite suite : plan.asked()) {
      Map<String, Integer> ofSuite = new HashMap<>();
      List<String> items = suite.itemIds();
      for (int i = 0; i < items.size(); i++) {
        ofSuite.putIfAbsent(items.get(i), i);
      }
      places.put(suite.suite(), ofSuite);
    }
    return new Planned(plan, places);
  }

  /** Returns an item's place from 0; one that is not planned comes after the others. */
  int place(String suite, String item) {
    Map<String, Integer> ofSuite = places.getOrDefault(suite, Map.of());
    return ofSuite.getOrDefault(item, ofSuite.size());
  }
}
