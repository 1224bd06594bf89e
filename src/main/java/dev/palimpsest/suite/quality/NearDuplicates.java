package dev.palimpsest.suite.quality;

import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Items that ask nearly the same: across clusters, as items of one are known to be alike, and word
 * for word within one.
 *
 * <p>Alike are two items by the Jaccard index of the runs of three words in question and options.
 */
final class NearDuplicates {
  private static final double ALIKE = 0.6;
  private static final int RUN = 3;

  private NearDuplicates() {}

  static List<Finding> of(Suite suite) {
    List<String> alike = alike(suite.items());
    List<String> twice = twice(suite.items());
    return List.of(
        Finding.none("near-duplicates across clusters", alike.size() + " pairs", alike),
        Finding.none("the same text within a cluster", twice.size() + " items", twice));
  }

  private static List<String> alike(List<Item> items) {
    List<Set<String>> runs = items.stream().map(NearDuplicates::runs).toList();
    Map<String, List<Integer>> places = new HashMap<>();
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      int[] shared = new int[i];
      for (String run : runs.get(i)) {
        List<Integer> there = places.computeIfAbsent(run, any -> new ArrayList<>());
        there.forEach(earlier -> shared[earlier]++);
        there.add(i);
      }
      pairs.addAll(pairs(items, runs, i, shared));
    }
    return pairs;
  }

  private static List<String> pairs(
      List<Item> items, List<Set<String>> runs, int later, int[] shared) {
    Item item = items.get(later);
    return IntStream.range(0, later)
        .filter(
            i ->
                shared[i] >= ALIKE * (runs.get(i).size() + runs.get(later).size() - shared[i])
                    && !items.get(i).cluster().equals(item.cluster()))
        .mapToObj(i -> items.get(i).id() + " and " + item.id() + ": " + item.text())
        .toList();
  }

  private static Set<String> runs(Item item) {
    List<String> words =
        Words.of(
            Stream.concat(Stream.of(item.text()), Options.texts(item))
                .collect(Collectors.joining(" ")));
    return words.size() < RUN
        ? Set.of(String.join(" ", words))
        : IntStream.rangeClosed(0, words.size() - RUN)
            .mapToObj(i -> String.join(" ", words.subList(i, i + RUN)))
            .collect(Collectors.toSet());
  }

  private static List<String> twice(List<Item> items) {
    Map<Object, String> first = new HashMap<>();
    Map<String, String> twice = new TreeMap<>();
    for (Item item : items) {
      List<String> options =
          Options.texts(item).map(text -> text.toLowerCase(Locale.ROOT)).sorted().toList();
      Object whole =
          List.of(
              item.cluster(),
              item.head().before(),
              item.sampling(), // several answers to one question are several items
              item.text().toLowerCase(Locale.ROOT),
              options);
      String before = first.putIfAbsent(whole, item.id());
      if (before != null) {
        twice.put(item.id(), before + " and " + item.id() + ": " + item.text());
      }
    }
    return List.copyOf(twice.values());
  }
}
