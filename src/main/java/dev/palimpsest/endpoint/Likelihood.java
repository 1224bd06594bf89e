package dev.palimpsest.endpoint;

import dev.palimpsest.inference.ContinuationScore;
import java.util.Optional;
import java.util.stream.Stream;

/** A way in which a server tells how likely it finds a text. */
interface Likelihood {
  /**
   * Scores one continuation.
   *
   * @param context what stands before it, "" for nothing
   * @param continuation at least one character
   * @param rendered whether the context holds the template's own special tokens
   */
  ContinuationScore score(String context, String continuation, boolean rendered);

  /** Returns what it is called in provenance. */
  String words();

  /** Returns the first way that a server offers, tried on a text. */
  static Optional<Likelihood> of(EndpointClient client, String model, String probe) {
    int half = probe.length() / 2;
    return Stream.of(new EchoLikelihood(client, model), new StepLikelihood(client, model))
        .filter(way -> isOffered(way, probe.substring(0, half), probe.substring(half)))
        .findFirst();
  }

  private static boolean isOffered(Likelihood way, String context, String continuation) {
    try {
      ContinuationScore score = way.score(context, continuation, false);
      return score.tokenLogProbs().length > 0 && score.logProb() < 0;
    } catch (UnlikelyAnswerException notOffered) {
      return false;
    }
  }
}
