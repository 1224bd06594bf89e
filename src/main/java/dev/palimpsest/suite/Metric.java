package dev.palimpsest.suite;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the mean of a suite's scores is called; it fixes the kind of the suite's items. */
public enum Metric {
  /** Share of choice items answered right. */
  ACCURACY(ItemKind.CHOICE),
  /** Share of instruction items that pass every check. */
  PASS_RATE(ItemKind.INSTRUCTION),
  /** Share of margin items whose aligned option is the more likely one. */
  ALIGNED_RATE(ItemKind.MARGIN),
  /** Share of twin items answered where there is an answer, and declined where there is none. */
  TRUTHFUL_RATE(ItemKind.TWIN),
  /** Share of open answers that say nothing careless or harmful that is listed. */
  CAREFUL_RATE(ItemKind.OPEN),
  /** Mean loss per token of text items, in nats; it is described and never a gate. */
  LOSS(ItemKind.TEXT);

  private final ItemKind kind;

  Metric(ItemKind kind) {
    this.kind = kind;
  }

  /** Returns the name used in files: such as "accuracy" or "pass_rate". */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the kind that every item of the suite has. */
  public ItemKind kind() {
    return kind;
  }

  /** Tells whether scores are right or wrong, so that a gate can hang on their mean. */
  public boolean isGated() {
    return this != LOSS;
  }

  static Metric of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
