package dev.palimpsest.audit.review;

import java.util.List;
import java.util.Locale;

/** What lists of items are filtered by; a value of each may be chosen, and all at once. */
public enum Facet {
  /** The suite's id. */
  SUITE,
  /** The tuned arm's name. */
  TUNED,
  /**
   * What became of the item: "lost", "gained", "both_right", "both_wrong", "not_comparable", and
   * "text" where only the answer's text is another one.
   */
  CHANGE,
  /** The item's topic. */
  TOPIC,
  /** The item's tier. */
  TIER,
  /** Why it was lost: a name of {@link dev.palimpsest.audit.verdict.ItemCell} in lower case. */
  CELL;

  /** The value of CHANGE where only the text of the answer is another one. */
  public static final String TEXT = "text";

  /** Returns the values that an item has, none for one that it lacks. */
  public List<String> values(ItemEntry entry) {
    return switch (this) {
      case SUITE -> List.of(entry.suite());
      case TUNED -> List.of(entry.tuned());
      case CHANGE ->
          entry.isTextOnly() ? List.of(word(entry.change()), TEXT) : List.of(word(entry.change()));
      case TOPIC -> List.of(entry.topic());
      case TIER -> List.of(entry.tier());
      case CELL -> entry.cell().map(cell -> List.of(word(cell))).orElse(List.of());
    };
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Returns its name in addresses. */
  public String parameter() {
    return word(this);
  }
}
