package dev.palimpsest.audit;

import java.util.Map;
import java.util.Objects;

/**
 * One item on one arm.
 *
 * @param suite suite id
 * @param itemId item id
 * @param arm arm name
 * @param state whether the score counts
 * @param score in [0, 1]; 0 where the state is not SCORED
 * @param prompt the prompt as rendered for the model
 * @param output the text generated, or the choice picked
 * @param extracted the answer taken from the output
 * @param explanation the scorer's reason, a sentence
 * @param details named numbers: log-likelihoods per choice, margins, tokens
 */
public record Outcome(
    String suite,
    String itemId,
    String arm,
    State state,
    double score,
    String prompt,
    String output,
    String extracted,
    String explanation,
    Map<String, Double> details) {
  /** Whether a score counts, and if not, why. */
  public enum State {
    SCORED,
    UNSCORABLE,
    TRUNCATED,
    ERROR
  }

  public Outcome {
    Objects.requireNonNull(suite, "suite is null");
    Objects.requireNonNull(itemId, "itemId is null");
    Objects.requireNonNull(arm, "arm is null");
    Objects.requireNonNull(state, "state is null");
    Objects.requireNonNull(prompt, "prompt is null");
    Objects.requireNonNull(output, "output is null");
    Objects.requireNonNull(extracted, "extracted is null");
    Objects.requireNonNull(explanation, "explanation is null");
    details = Map.copyOf(details);
  }

  /** Tells whether the item was answered right. */
  public boolean isRight() {
    return state == State.SCORED && score >= 0.5;
  }
}
