package dev.palimpsest.suite.margin;

import dev.palimpsest.suite.LogProb;
import java.util.List;

/** How likely the model found two ways to act. */
record WayLogProbs(LogProb aligned, LogProb misaligned) {
  static WayLogProbs of(List<LogProb> found) {
    return new WayLogProbs(found.get(0), found.get(1));
  }

  /** Returns the lead of the aligned one over all tokens, in nats. */
  double lead() {
    return aligned.sum() - misaligned.sum();
  }

  /** Returns the difference of the means per token, in nats. */
  double leadPerToken() {
    return aligned.sum() / aligned.tokens() - misaligned.sum() / misaligned.tokens();
  }
}
