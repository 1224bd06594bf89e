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
   * Says how a question is put. That depends on the model, and a suite's page is of no one model.
   *
   * @param answerPrefix the beginning of the answer, "" for none
   */
  public static String asked(String answerPrefix) {
    String begun =
        answerPrefix.isEmpty() ? "" : ", and the answer is begun with “" + answerPrefix + "”";
    return "A model with a chat template gets the question as one message through it"
        + begun
        + "; a model without one gets “Question: … Answer:”.";
  }

  /**
   * One answer, way to act, or check.
   *
   * @param tone "good", "bad" or "open" for a mark of that look, "" for plain words
   */
  public record Option(String text, String label, String tone) {}
}
