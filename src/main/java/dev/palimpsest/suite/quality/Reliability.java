package dev.palimpsest.suite.quality;

import dev.palimpsest.suite.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Split-half reliability of one model's scores: how far one half of the items tells the scores of
 * topics and tiers that the other half has.
 *
 * <p>The items of each topic and tier are dealt into two halves by lot; r is the correlation of the
 * halves' means over topics and tiers, averaged over many deals, and 2r / (1 + r) its value for the
 * whole length (Spearman 1910, Brown 1910).
 */
public final class Reliability {
  private static final int DEALS = 200;
  private static final int FEWEST_ITEMS = 4;
  private static final int FEWEST_GROUPS = 5;

  private Reliability() {}

  /**
   * Returns the reliability, up to 1; empty where there are fewer than five topics and tiers of at
   * least four items, or all of them score alike.
   *
   * @param scores by item, in [0, 1]
   */
  public static OptionalDouble of(Map<Item, Double> scores) {
    Collection<List<Double>> groups =
        scores.entrySet().stream()
            .sorted(Map.Entry.comparingByKey(Comparator.comparing(Item::id)))
            .collect(
                Collectors.groupingBy(
                    entry -> entry.getKey().tier() + " " + entry.getKey().topic(),
                    TreeMap::new,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())))
            .values()
            .stream()
            .filter(group -> group.size() >= FEWEST_ITEMS)
            .toList();
    if (groups.size() < FEWEST_GROUPS) {
      return OptionalDouble.empty();
    }
    Random random = new Random(1);
    double sum = 0;
    for (int deal = 0; deal < DEALS; deal++) {
      sum += correlation(groups, random);
    }
    double r = sum / DEALS;
    return Double.isNaN(r) ? OptionalDouble.empty() : OptionalDouble.of(2 * r / (1 + r));
  }

  private static double correlation(Collection<List<Double>> groups, Random random) {
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    for (List<Double> group : groups) {
      List<Double> dealt = new ArrayList<>(group);
      Collections.shuffle(dealt, random);
      int half = dealt.size() / 2;
      first.add(mean(dealt.subList(0, half)));
      second.add(mean(dealt.subList(half, dealt.size())));
    }
    return covariance(first, second)
        / Math.sqrt(covariance(first, first) * covariance(second, second));
  }

  private static double covariance(List<Double> a, List<Double> b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += (a.get(i) - meanA) * (b.get(i) - meanB);
    }
    return sum;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
