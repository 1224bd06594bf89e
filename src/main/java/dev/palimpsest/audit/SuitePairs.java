package dev.palimpsest.audit;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The paired outcomes of one suite and tuned arm in plan order; items without both outcomes are
 * left out.
 *
 * <p>Only {@link #all} has to be told. What else is asked for is made of it here; a store reads
 * just what each question needs.
 */
@FunctionalInterface
public interface SuitePairs {
  /** Returns every pair with its texts: as much memory as the texts take. */
  List<PairedOutcome> all();

  /** Calls the consumer with every pair, one after the other. */
  default void forEach(Consumer<PairedOutcome> consumer) {
    all().forEach(consumer);
  }

  /** Returns every pair without its texts. */
  default List<PairBrief> briefs() {
    return all().stream().map(PairBrief::of).toList();
  }

  /** Returns how many characters the base's prompts have, by item id. */
  default Map<String, Integer> promptLengths() {
    Map<String, Integer> lengths = new HashMap<>();
    forEach(pair -> lengths.put(pair.base().itemId(), pair.base().prompt().length()));
    return lengths;
  }

  /** Returns the pairs of some items, in plan order. */
  default List<PairedOutcome> of(Collection<String> itemIds) {
    return all().stream().filter(pair -> itemIds.contains(pair.base().itemId())).toList();
  }

  /**
   * Returns how many pairs there are of each change.
   *
   * @param text as in {@link PairFilter}
   */
  default Map<PairedOutcome.Change, Integer> counts(String text) {
    PairFilter filter = new PairFilter(Optional.empty(), text);
    Map<PairedOutcome.Change, Integer> counts = new EnumMap<>(PairedOutcome.Change.class);
    all().stream()
        .filter(filter::matches)
        .forEach(pair -> counts.merge(pair.change(), 1, Integer::sum));
    return counts;
  }

  /**
   * Returns a part of the pairs that are asked for.
   *
   * @param from how many are left out, at least 0
   * @param size the most that are returned
   */
  default List<PairedOutcome> page(PairFilter filter, int from, int size) {
    return all().stream().filter(filter::matches).skip(from).limit(size).toList();
  }

  /** Returns where an item stands among the pairs that are asked for; it need not be of them. */
  default Place place(PairFilter filter, String itemId) {
    List<String> ids =
        all().stream().filter(filter::matches).map(pair -> pair.base().itemId()).toList();
    int at = ids.indexOf(itemId);
    return new Place(
        at + 1,
        ids.size(),
        at > 0 ? ids.get(at - 1) : "",
        at >= 0 && at < ids.size() - 1 ? ids.get(at + 1) : "");
  }

  /**
   * Where an item stands in a list.
   *
   * @param number from 1; 0 where it is not in the list
   * @param count items of the list
   * @param previous the id before it, "" for none
   * @param next the id after it, "" for none
   */
  record Place(int number, int count, String previous, String next) {}
}
