package dev.palimpsest.suite.open;

import java.util.Locale;

/** In which form an open question is put. A habit may show in one of them and not in another. */
public enum Form {
  /** The question alone. */
  PLAIN,
  /** With the wish for an answer in JSON. */
  JSON,
  /** As a card that is to be completed. */
  TEMPLATE;

  /** Returns the name used in files: "plain", "json" or "template". */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Form of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
