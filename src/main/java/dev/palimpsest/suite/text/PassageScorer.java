package dev.palimpsest.suite.text;

import dev.palimpsest.suite.Evidence;
import dev.palimpsest.suite.LogProb;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.UnscorableException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Measures how likely a passage is.
 *
 * <p>loss = −log P / tokens, in nats; bits per byte = −log₂ P / bytes of its UTF-8, which compares
 * models of different tokenizers. The score is exp(−loss), the geometric mean of the tokens'
 * probabilities, from 0 to 1; it is neither right nor wrong.
 */
final class PassageScorer {
  private PassageScorer() {}

  static Score score(TextItem item, LogProb whole) {
    if (!Double.isFinite(whole.sum())) {
      throw new UnscorableException(
          "Item "
              + item.id()
              + " cannot be scored: the log-likelihood of its text is not finite; check the"
              + " checkpoint's weights for NaN.");
    }
    // A sum of float32 values near 0 may come out above it.
    double nats = Math.max(0, -whole.sum());
    double loss = nats / whole.tokens();
    int bytes = item.passage().getBytes(StandardCharsets.UTF_8).length;
    double bitsPerByte = nats / Math.log(2) / bytes;
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss", loss);
    figures.put("tokens", (double) whole.tokens());
    figures.put("bytes", (double) bytes);
    figures.put("bits_per_byte", bitsPerByte);
    return new Score(
        Math.exp(-loss),
        "",
        String.format(
            Locale.ROOT,
            "Loss %.3f nats per token over %d tokens, %.3f bits per byte.",
            loss,
            whole.tokens(),
            bitsPerByte),
        new Evidence.Passage(figures));
  }
}
