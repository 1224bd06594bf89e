package dev.palimpsest.audit;

import dev.palimpsest.suite.Evidence;
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
 * @param evidence what the score rests on: log-likelihoods per choice, margins, tokens
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
    Evidence evidence) {
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
    Objects.requireNonNull(evidence, "evidence is null");
  }

  /** Creates an outcome from its evidence as named numbers, as it is stored. */
  public Outcome(
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
    this(
        suite,
        itemId,
        arm,
        state,
        score,
        prompt,
        output,
        extracted,
        explanation,
        Evidence.of(details));
  }

  /** Returns the evidence as named numbers. */
  public Map<String, Double> details() {
    return evidence.figures();
  }

  /** Returns the same outcome, resting on more. */
  public Outcome with(Evidence more) {
    return new Outcome(
        suite, itemId, arm, state, score, prompt, output, extracted, explanation, more);
  }

  /** Tells whether the item was answered right. */
  public boolean isRight() {
    return state == State.SCORED && score >= 0.5;
  }
}
