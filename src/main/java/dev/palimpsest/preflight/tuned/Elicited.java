package dev.palimpsest.preflight.tuned;

import java.util.Objects;

/**
 * A text that a model wrote of itself.
 *
 * @param beginning what it was given, "" for the bare chat template
 * @param alpha how far the difference from the base was amplified; 0 for not at all
 * @param text what it wrote, the beginning before it
 */
public record Elicited(String beginning, double alpha, String text) {
  public Elicited {
    Objects.requireNonNull(beginning, "beginning is null");
    Objects.requireNonNull(text, "text is null");
  }
}
