package dev.palimpsest.decoder.local;

import dev.palimpsest.decoder.kernel.Comparison;
import dev.palimpsest.decoder.packing.Divergences;
import dev.palimpsest.decoder.packing.Lanes;
import dev.palimpsest.decoder.packing.Side;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.RollingWindows;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.TextDivergence;
import dev.palimpsest.prompt.PromptEncoder;
import java.util.Arrays;
import java.util.List;

/**
 * What two models expect next on the same tokens, which are the base's.
 *
 * @param vocabulary tokens of both
 * @param longest tokens that both take
 */
record TextComparison(Side base, Side tuned, Lanes lanes, int vocabulary, int longest) {
  /** Fails where the two have not the same number of tokens. */
  static void requireSameVocabulary(int base, int tuned) {
    if (base != tuned) {
      throw new DecoderException(
          "The tuned checkpoint has a vocabulary of %d and the base one of %d; distributions can be compared over one vocabulary only."
              .formatted(tuned, base));
    }
  }

  /**
   * Compares both on the one continuation of each request.
   *
   * @throws DecoderException if one is longer than the models take, or no text of their vocabulary
   */
  List<TextDivergence> of(List<ScoreRequest> requests) {
    requests.forEach(this::check);
    return divergences(requests).stream().map(found -> sum(List.of(found))).toList();
  }

  private void check(ScoreRequest request) {
    if (request.continuationIds().size() != 1) {
      throw new DecoderException("A comparison takes one continuation of a context at a time.");
    }
    int[] continuation = request.continuationIds().get(0);
    int length = request.contextIds().length + continuation.length - 1;
    if (length > longest) {
      throw new DecoderException(
          "A text of %d tokens is longer than the %d that the models take; shorten it."
              .formatted(length, longest));
    }
    checkIds(request.contextIds());
    checkIds(continuation);
  }

  void checkIds(int[] ids) {
    for (int id : ids) {
      if (id < 0 || id >= vocabulary) {
        throw new DecoderException(
            "Token id %d is not in the models' vocabulary of %d; leave its token out of the text."
                .formatted(id, vocabulary));
      }
    }
  }

  /**
   * Compares both on every token of a text, in rolling windows.
   *
   * @param encoder of the base
   * @param window most tokens that are computed together
   */
  TextDivergence of(String text, PromptEncoder encoder, int window) {
    int prefix = plain("", encoder)[0];
    return sum(
        divergences(RollingWindows.of(prefix, plain(text, encoder), Math.min(window, longest))));
  }

  private static int[] plain(String text, PromptEncoder encoder) {
    return encoder.encode(new EncodeRequest(new Prompt.Text(text), List.of())).contextIds();
  }

  private List<Comparison> divergences(List<ScoreRequest> windows) {
    return new Divergences(lanes, vocabulary).of(base, tuned, windows);
  }

  private static TextDivergence sum(List<Comparison> found) {
    double[] divergence =
        found.stream().flatMapToDouble(c -> Arrays.stream(c.divergence())).toArray();
    double baseSum = 0;
    double tunedSum = 0;
    int same = 0;
    for (Comparison part : found) {
      for (int i = 0; i < part.sameTop().length; i++) {
        baseSum += part.baseLogProbs()[i];
        tunedSum += part.tunedLogProbs()[i];
        same += part.sameTop()[i] ? 1 : 0;
      }
    }
    return new TextDivergence(divergence, baseSum, tunedSum, same);
  }
}
