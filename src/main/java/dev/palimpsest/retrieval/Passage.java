package dev.palimpsest.retrieval;

import java.util.Objects;

/**
 * A few sentences of a text file.
 *
 * @param source the file below its folder and the passage's number in it, "handbook/fees.md 3"
 * @param text what it says
 */
public record Passage(String source, String text) {
  public Passage {
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(text, "text is null");
  }
}
