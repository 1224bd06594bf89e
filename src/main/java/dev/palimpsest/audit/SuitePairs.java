package dev.palimpsest.audit;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** Returns how many pairs there are of each change. */
  default Map<PairedOutcome.Change, Integer> counts() {
    Map<PairedOutcome.Change, Integer> counts = new EnumMap<>(PairedOutcome.Change.class);
    all().forEach(pair -> counts.merge(pair.change(), 1, Integer::sum));
    return counts;
  }
}
