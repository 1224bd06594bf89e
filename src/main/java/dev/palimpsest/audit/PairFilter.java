package dev.palimpsest.audit;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Which pairs are asked for.
 *
 * @param change what became of them; empty for any
 * @param text what their id, prompt or answers contain, in any case; "" for anything
 */
public record PairFilter(Optional<PairedOutcome.Change> change, String text) {
  public PairFilter {
    Objects.requireNonNull(change, "change is null");
    // No database text holds a NUL, and PostgreSQL refuses to be asked for one.
    text = text.toLowerCase(Locale.ROOT).replace("\0", "");
  }

  /** Tells whether a pair is asked for. */
  public boolean matches(PairedOutcome pair) {
    return (change.isEmpty() || change.get() == pair.change())
        && (text.isEmpty() || text(pair).contains(text));
  }

  private static String text(PairedOutcome pair) {
    return String.join(
            "\n",
            pair.base().itemId(),
            pair.base().prompt(),
            pair.base().output(),
            pair.tuned().output())
        .toLowerCase(Locale.ROOT);
  }
}
