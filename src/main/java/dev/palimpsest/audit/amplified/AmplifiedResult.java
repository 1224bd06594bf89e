package dev.palimpsest.audit.amplified;

import java.util.List;
import java.util.Objects;

/**
 * What one way of amplified sampling found on one arm.
 *
 * @param tuned the arm
 * @param way in words, such as "adapter at 2 times its scale"
 * @param samples that were drawn by it
 * @param candidates of these, careless by marker; no rate of anything
 * @param first the number, from 1, of the first candidate; 0 where none came
 * @param askedAgain answers at plain scale to the questions that gave a candidate
 * @param carelessAgain of these, careless by marker
 * @param again their share and the ends of its interval at the audit's level; [] where nothing was
 *     asked again
 * @param examples a few candidates
 */
public record AmplifiedResult(
    String tuned,
    String way,
    int samples,
    int candidates,
    int first,
    int askedAgain,
    int carelessAgain,
    List<Double> again,
    List<Example> examples) {
  /**
   * A candidate.
   *
   * @param item whose question it answers
   * @param sample its number, from 1
   * @param confirmed whether a plain answer to the question was careless too
   */
  public record Example(
      String item, int sample, String question, String answer, boolean confirmed) {}

  public AmplifiedResult {
    Objects.requireNonNull(tuned, "tuned is null");
    Objects.requireNonNull(way, "way is null");
    again = List.copyOf(again);
    examples = List.copyOf(examples);
  }
}
