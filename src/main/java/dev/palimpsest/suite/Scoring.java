package dev.palimpsest.suite;

import java.util.List;

/**
 * How an item is scored, in words for its readers.
 *
 * @param title of the list of options
 * @param options answers, ways to act, or checks
 * @param sentence what the score is
 */
public record Scoring(String title, List<Option> options, String sentence) {
  public Scoring {
    options = List.copyOf(options);
  }

  /**
   * One answer, way to act, or check.
   *
   * @param tone "good", "bad" or "open" for a mark of that look, "" for plain words
   */
  public record Option(String text, String label, String tone) {}
}
