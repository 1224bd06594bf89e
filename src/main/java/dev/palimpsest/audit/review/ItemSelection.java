package dev.palimpsest.audit.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The items that a choice of values leaves, and beside each value how many it would leave while the
 * other choices stand.
 *
 * @param entries that are left, sorted
 * @param counts by value, in the order in which the values first come up in the plan
 * @param totals of each facet how many there are whatever its value
 */
public record ItemSelection(
    List<ItemEntry> entries, Map<Facet, Map<String, Integer>> counts, Map<Facet, Integer> totals) {
  /** How a list is sorted. */
  public enum Order {
    /** As the plan names suites, arms and items. */
    PLAN,
    /** By how far the lead of the right answer moved; items without one last, in plan order. */
    SHIFT;

    private Comparator<ItemEntry> comparator() {
      return Comparator.comparingDouble(
          entry -> this == PLAN || Double.isNaN(entry.shift()) ? 1 : -Math.abs(entry.shift()));
    }
  }

  /**
   * Selects items in one pass.
   *
   * @param chosen the value of each facet that is asked for; a facet that is missing asks for any
   * @param found whether the text that is searched for is in an item
   */
  public static ItemSelection of(
      ItemIndex index, Map<Facet, String> chosen, Predicate<ItemEntry> found, Order order) {
    Counting counting = new Counting(chosen);
    index.entries().forEach(counting::name);
    index.entries().stream().filter(found).forEach(counting::add);
    counting.left.sort(order.comparator());
    return new ItemSelection(List.copyOf(counting.left), counting.counts, counting.totals);
  }

  /** Returns how many items a value would leave. */
  public int count(Facet facet, String value) {
    return counts.get(facet).getOrDefault(value, 0);
  }

  private static final class Counting {
    private final Map<Facet, String> chosen;
    private final List<ItemEntry> left = new ArrayList<>();
    private final Map<Facet, Map<String, Integer>> counts = new EnumMap<>(Facet.class);
    private final Map<Facet, Integer> totals = new EnumMap<>(Facet.class);

    Counting(Map<Facet, String> chosen) {
      this.chosen = chosen;
      for (Facet facet : Facet.values()) {
        counts.put(facet, new LinkedHashMap<>());
        totals.put(facet, 0);
      }
    }

    /** Suites and checkpoints are few and always named, others only where they leave an item. */
    void name(ItemEntry entry) {
      counts.get(Facet.SUITE).putIfAbsent(entry.suite(), 0);
      counts.get(Facet.TUNED).putIfAbsent(entry.tuned(), 0);
    }

    void add(ItemEntry entry) {
      Facet failed = null;
      int failures = 0;
      for (Map.Entry<Facet, String> choice : chosen.entrySet()) {
        if (!choice.getKey().values(entry).contains(choice.getValue())) {
          failed = choice.getKey();
          failures++;
        }
      }
      if (failures == 0) {
        left.add(entry);
      }
      for (Facet facet : Facet.values()) {
        if (failures == 0 || (failures == 1 && failed == facet)) {
          totals.merge(facet, 1, Integer::sum);
          facet.values(entry).forEach(value -> counts.get(facet).merge(value, 1, Integer::sum));
        }
      }
    }
  }
}
