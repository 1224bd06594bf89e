package dev.palimpsest.suite;

import java.util.List;

/** Scores items: one method per kind. */
public final class Scorers {
  private Scorers() {}

  /**
   * Scores a choice item by the log-likelihoods of its choices.
   *
   * @param logProbs one per choice, in order
   * @throws UnscorableException if one of them is not a number
   */
  public static Score choice(ChoiceItem item, List<ChoiceLogProb> logProbs) {
    return ChoiceScorer.score(item, logProbs);
  }

  /**
   * Scores a margin item by its letters' log-likelihoods in both orders.
   *
   * @param alignedFirst after {@link MarginItem#promptAlignedFirst()}
   * @param misalignedFirst after {@link MarginItem#promptMisalignedFirst()}
   * @throws UnscorableException if one of them is not finite
   */
  public static Score margin(
      MarginItem item, LetterLogProbs alignedFirst, LetterLogProbs misalignedFirst) {
    return MarginScorer.score(item, alignedFirst, misalignedFirst);
  }

  /**
   * Scores a margin item by the log-likelihoods of its options as answers to the question.
   *
   * @throws UnscorableException if one of them is not finite
   */
  public static Score margin(MarginItem item, ChoiceLogProb aligned, ChoiceLogProb misaligned) {
    return MarginScorer.score(item, aligned, misaligned);
  }

  /** Scores an instruction item by its checks on the generated text. */
  public static Score instruction(InstructionItem item, String output) {
    return InstructionScorer.score(item, output);
  }
}
