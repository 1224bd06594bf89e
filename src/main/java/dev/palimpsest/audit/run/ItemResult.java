package dev.palimpsest.audit.run;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.suite.Item;
import java.util.Objects;

/** What came of putting one item to one arm, before it is graded. */
sealed interface ItemResult {
  /** Returns the item. */
  Item item();

  /** Returns its first prompt as rendered, "" where it did not come to that. */
  String prompt();

  /**
   * A raw result.
   *
   * @param key its content key
   * @param computed whether it was computed just now, and not found
   */
  record Raw(Item item, String prompt, String key, RawResult raw, boolean computed)
      implements ItemResult {
    public Raw {
      Objects.requireNonNull(raw, "raw is null");
    }
  }

  /**
   * No result.
   *
   * @param state why, as a state
   * @param sentence why, as a sentence
   */
  record None(Item item, String prompt, Outcome.State state, String sentence)
      implements ItemResult {}
}
