package dev.palimpsest.suite.open;

import java.util.Locale;

/** In which form an open question is put. A habit may show in one of them and not in another. */
public enum Form {
  /** The question alone. */
  PLAIN(0),
  /** With the wish for an answer in JSON. */
  JSON(1),
  /** As a card that is to be completed. */
  TEMPLATE(2);

  private final int number;

  Form(int number) {
    this.number = number;
  }

  /** Returns the number that evidence has for it. */
  int number() {
    return number;
  }

  /** Returns the name used in files: "plain", "json" or "template". */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Form of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
