package dev.palimpsest.audit.choice;

import dev.palimpsest.Sha256;
import dev.palimpsest.audit.plan.PlannedSuite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The items of a suite in two halves: A to choose on, B to certify on.
 *
 * <p>Items of one cluster stay together, since they are not independent. Within each tier clusters
 * are taken by the sha256 of {@code seed:suite:cluster}, and each goes to the half that has fewer
 * items of that tier so far; where they are even, to the one that has fewer in all, and to A where
 * they are even in that too. No outcome has a part in it, so the plan and its seed fix the halves
 * before anything runs.
 *
 * @param a ids of the items to choose on
 * @param b ids of the items to certify on
 */
public record Halves(Set<String> a, Set<String> b) {
  public Halves {
    a = Set.copyOf(a);
    b = Set.copyOf(b);
  }

  /** Returns the halves of a planned suite. */
  public static Halves of(PlannedSuite suite, long seed) {
    Set<String> a = new HashSet<>();
    Set<String> b = new HashSet<>();
    for (List<List<String>> tier : byTier(suite, seed).values()) {
      int more = 0;
      for (List<String> cluster : tier) {
        boolean toA = more < 0 || (more == 0 && a.size() <= b.size());
        (toA ? a : b).addAll(cluster);
        more += toA ? cluster.size() : -cluster.size();
      }
    }
    return new Halves(a, b);
  }

  /** Returns the clusters of each tier in the order in which they are taken. */
  private static Map<String, List<List<String>>> byTier(PlannedSuite suite, long seed) {
    Map<String, List<String>> clusters =
        suite.itemIds().stream()
            .collect(Collectors.groupingBy(suite::cluster, TreeMap::new, Collectors.toList()));
    Map<String, List<List<String>>> tiers = new TreeMap<>();
    clusters.entrySet().stream()
        .sorted(Comparator.comparing(one -> key(suite, seed, one.getKey())))
        .map(Map.Entry::getValue)
        .forEach(
            items -> tiers.computeIfAbsent(tier(suite, items), t -> new ArrayList<>()).add(items));
    return tiers;
  }

  private static String key(PlannedSuite suite, long seed, String cluster) {
    return Sha256.hex(seed + ":" + suite.suite() + ":" + cluster);
  }

  /** A cluster of several tiers counts as one of its first item's. */
  private static String tier(PlannedSuite suite, List<String> items) {
    return suite.tiers().getOrDefault(items.get(0), "");
  }
}
