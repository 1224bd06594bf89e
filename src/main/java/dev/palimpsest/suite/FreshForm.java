package dev.palimpsest.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses from what a generator wrote the items that the published form lacks, and others only
 * where there are not enough of a tier: the tiers keep the shares that the generator gives them, so
 * that a form is as hard as any other.
 */
final class FreshForm {
  private final Set<Object> published;

  FreshForm(List<Item> published) {
    this.published = published.stream().map(FreshForm::content).collect(Collectors.toSet());
  }

  /**
   * Chooses items.
   *
   * @param usual what the generator writes of itself; gives the number of each tier
   * @param more at least as many, of the same generator
   */
  List<Item> choose(List<Item> usual, List<Item> more) {
    Map<Tier, Integer> left = new EnumMap<>(Tier.class);
    usual.forEach(item -> left.merge(item.tier(), 1, Integer::sum));
    Set<String> seen = seenGroups(more);
    Set<Item> chosen = new HashSet<>();
    Stream.of(false, true)
        .flatMap(also -> more.stream().filter(item -> seen.contains(group(item)) == also))
        .filter(item -> left.merge(item.tier(), -1, Integer::sum) >= 0)
        .forEach(chosen::add);
    return more.stream().filter(chosen::contains).toList();
  }

  /** Returns how many of some items are word for word in the published form. */
  int countPublished(List<Item> items) {
    return (int) items.stream().filter(this::isPublished).count();
  }

  private boolean isPublished(Item item) {
    return published.contains(content(item));
  }

  private Set<String> seenGroups(List<Item> items) {
    return items.stream()
        .filter(this::isPublished)
        .map(FreshForm::group)
        .collect(Collectors.toSet());
  }

  /** Twins stay together. */
  private static String group(Item item) {
    return item.kind() == ItemKind.TWIN ? item.cluster() : item.id();
  }

  /** What an item asks, without its name and the order of its choices. */
  private static Object content(Item item) {
    ObjectNode node = ItemJson.write(item);
    node.remove(List.of("id", "cluster", "answer"));
    Map<String, Long> choices = new HashMap<>();
    node.path("choices").forEach(choice -> choices.merge(choice.textValue(), 1L, Long::sum));
    node.remove("choices");
    return List.of(node, choices);
  }
}
