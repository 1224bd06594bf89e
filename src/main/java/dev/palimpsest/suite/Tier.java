package dev.palimpsest.suite;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How hard an item is meant to be; samples are drawn within tiers. */
public enum Tier {
  EASY,
  MEDIUM,
  HARD;

  /** Returns the name used in files: "easy", "medium" or "hard". */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Tier of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
