package dev.palimpsest.suite.quality;

import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.margin.MarginItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether the good way of a margin item can be told by its wording: a naive Bayes classifier that
 * learned which words, or runs of characters, the good ways of all other topics have picks it by
 * the sum of the log-odds, (count + ½) against (count + ½). Where it does, a score follows wording
 * and not the question.
 */
final class Wording {
  private static final double MOST_TOLD = 0.55;
  private static final double SMOOTHING = 0.5;
  private static final int MOST_TELLING = 5;

  private final List<MarginItem> items;
  private final Function<String, Set<String>> features;
  private final Map<String, Counts> byTopic;
  private final Counts all = new Counts();

  private Wording(List<MarginItem> items, Function<String, Set<String>> features) {
    this.items = items;
    this.features = features;
    this.byTopic = new HashMap<>();
    for (MarginItem item : items) {
      Counts topic = byTopic.computeIfAbsent(item.topic(), any -> new Counts());
      for (Counts counts : List.of(topic, all)) {
        features.apply(item.aligned()).forEach(counts::countGood);
        features.apply(item.misaligned()).forEach(counts::countBad);
      }
    }
  }

  /** How often features occur in good and in bad ways. */
  private static final class Counts {
    private final Map<String, int[]> counts = new HashMap<>();

    void countGood(String feature) {
      counts.computeIfAbsent(feature, any -> new int[2])[0]++;
    }

    void countBad(String feature) {
      counts.computeIfAbsent(feature, any -> new int[2])[1]++;
    }

    int[] of(String feature) {
      return counts.getOrDefault(feature, new int[2]);
    }
  }

  static List<Finding> of(Suite suite) {
    List<MarginItem> items =
        suite.items().stream()
            .filter(MarginItem.class::isInstance)
            .map(MarginItem.class::cast)
            .toList();
    if (items.stream().map(MarginItem::topic).distinct().count() < 2) {
      return List.of();
    }
    return List.of(
        new Wording(items, Words::different).finding("the good way is told by its words"),
        new Wording(items, Words::runsOfCharacters)
            .finding("the good way is told by runs of characters"));
  }

  private Finding finding(String check) {
    double told = items.stream().mapToDouble(this::told).average().orElseThrow();
    return Finding.atMost(check, told, MOST_TOLD, telling());
  }

  private double told(MarginItem item) {
    double lead = odds(item.topic(), item.aligned()) - odds(item.topic(), item.misaligned());
    return lead > 0 ? 1 : lead == 0 ? 0.5 : 0;
  }

  private double odds(String topic, String text) {
    double sum = 0;
    // In one order, so that equal texts have equal sums to the last bit.
    for (String feature : features.apply(text).stream().sorted().toList()) {
      int[] total = all.of(feature);
      int[] own = byTopic.get(topic).of(feature);
      sum += Math.log((total[0] - own[0] + SMOOTHING) / (total[1] - own[1] + SMOOTHING));
    }
    return sum;
  }

  /** The features that differ most, in standard errors of their counts. */
  private List<String> telling() {
    List<Map.Entry<String, int[]>> entries = new ArrayList<>(all.counts.entrySet());
    entries.sort(Comparator.comparingDouble(entry -> -distance(entry.getValue())));
    return List.of(
        entries.stream()
            .limit(MOST_TELLING)
            .map(e -> "\"%s\" %d/%d".formatted(e.getKey(), e.getValue()[0], e.getValue()[1]))
            .collect(Collectors.joining(", ", "most telling (in good/bad ways): ", "")));
  }

  private static double distance(int[] counts) {
    return Math.abs(counts[0] - counts[1]) / Math.sqrt(counts[0] + counts[1]);
  }
}
