package dev.palimpsest.suite;

import dev.palimpsest.Sha256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Draws items tier by tier, by a hash of their ids. */
final class StratifiedSample {
  private StratifiedSample() {}

  static List<Item> draw(List<Item> items, int n, long seed) {
    if (n < 1) {
      throw new IllegalArgumentException("sample size " + n + " should be at least 1");
    }
    if (n >= items.size()) {
      return List.copyOf(items);
    }
    Map<Tier, List<Item>> tiers = byTier(items);
    Map<Tier, Integer> quotas = quotas(tiers, n, items.size());
    Set<Item> drawn = new HashSet<>();
    tiers.forEach((tier, all) -> drawn.addAll(smallest(all, quotas.get(tier), seed)));
    return items.stream().filter(drawn::contains).toList();
  }

  private static Map<Tier, List<Item>> byTier(List<Item> items) {
    Map<Tier, List<Item>> tiers = new EnumMap<>(Tier.class);
    for (Item item : items) {
      tiers.computeIfAbsent(item.tier(), tier -> new ArrayList<>()).add(item);
    }
    return tiers;
  }

  /** Largest remainders; the easier tier wins a tie. */
  private static Map<Tier, Integer> quotas(Map<Tier, List<Item>> tiers, int n, int total) {
    Map<Tier, Integer> quotas = new EnumMap<>(Tier.class);
    tiers.forEach((tier, all) -> quotas.put(tier, (int) ((long) all.size() * n / total)));
    int left = n - quotas.values().stream().mapToInt(Integer::intValue).sum();
    tiers.keySet().stream()
        .sorted(
            Comparator.comparing((Tier tier) -> (long) tiers.get(tier).size() * n % total)
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .limit(left)
        .forEach(tier -> quotas.merge(tier, 1, Integer::sum));
    return quotas;
  }

  private static List<Item> smallest(List<Item> items, int quota, long seed) {
    Map<String, Item> byHash = new TreeMap<>();
    for (Item item : items) {
      byHash.put(Sha256.hex(seed + ":" + item.id()), item);
    }
    return rounds(byHash.values()).stream().limit(quota).toList();
  }

  /** Orders items so that each cluster gives its first before any gives its second. */
  private static List<Item> rounds(Collection<Item> items) {
    Map<String, Integer> given = new HashMap<>();
    Map<Integer, List<Item>> rounds = new TreeMap<>();
    for (Item item : items) {
      int round = given.merge(item.cluster(), 1, Integer::sum);
      rounds.computeIfAbsent(round, any -> new ArrayList<>()).add(item);
    }
    return rounds.values().stream().flatMap(List::stream).toList();
  }
}
