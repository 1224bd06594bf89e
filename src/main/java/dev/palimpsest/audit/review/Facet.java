package dev.palimpsest.audit.review;

import dev.palimpsest.audit.verdict.ItemCell;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What lists of items are filtered by; a value of each may be chosen, and all at once. */
public enum Facet {
  /** The suite's id. */
  SUITE(entry -> List.of(entry.suite())),
  /** The tuned arm's name. */
  TUNED(entry -> List.of(entry.tuned())),
  /**
   * What became of the item: "lost", "gained", "both_right", "both_wrong", "not_comparable", and
   * "text" where only the answer's text is another one.
   */
  CHANGE(
      entry -> {
        String word = entry.change().name().toLowerCase(Locale.ROOT);
        return entry.isTextOnly() ? List.of(word, Facet.TEXT) : List.of(word);
      }),
  /** The item's topic. */
  TOPIC(entry -> List.of(entry.topic())),
  /** The item's tier. */
  TIER(entry -> List.of(entry.tier())),
  /** Why it was lost: the names of {@link ItemCell} in lower case. */
  CELL(
      entry ->
          entry
              .cell()
              .map(cell -> List.of(cell.name().toLowerCase(Locale.ROOT)))
              .orElse(List.of()));

  /** The value of CHANGE where only the text of the answer is another one. */
  public static final String TEXT = "text";

  private final Function<ItemEntry, List<String>> values;

  Facet(Function<ItemEntry, List<String>> values) {
    this.values = values;
  }

  /** Returns the values that an item has, none for one that it lacks. */
  public List<String> values(ItemEntry entry) {
    return values.apply(entry);
  }

  /** Returns its name in addresses. */
  public String parameter() {
    return name().toLowerCase(Locale.ROOT);
  }
}
