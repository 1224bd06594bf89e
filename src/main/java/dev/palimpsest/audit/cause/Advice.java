package dev.palimpsest.audit.cause;

import java.util.Objects;

/**
 * Something to do about a cause.
 *
 * @param text what to do, and what to beware of
 * @param source where it is from, and what it is worth there
 */
public record Advice(String text, String source) {
  public Advice {
    Objects.requireNonNull(text, "text is null");
    Objects.requireNonNull(source, "source is null");
  }
}
