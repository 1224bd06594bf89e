package dev.palimpsest.suite;

import java.util.List;
import java.util.Objects;

/** What a model did with an item's questions, before anybody graded it. */
public sealed interface ModelAnswer {
  /** Log-probabilities: one list per question of the item, in it one per continuation. */
  record LogProbs(List<List<LogProb>> questions) implements ModelAnswer {
    public LogProbs {
      questions = questions.stream().map(List::copyOf).toList();
    }
  }

  /**
   * A generated text.
   *
   * @param tokens how many tokens it has
   * @param ended whether the model ended it, and not the limit
   */
  record Text(String text, int tokens, boolean ended) implements ModelAnswer {
    public Text {
      Objects.requireNonNull(text, "text is null");
    }
  }
}
