package dev.palimpsest.decoder.local;

import dev.palimpsest.decoder.kernel.Comparison;
import dev.palimpsest.decoder.packing.Divergences;
import dev.palimpsest.decoder.packing.Lanes;
import dev.palimpsest.decoder.packing.Side;
import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.DecoderException;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.RollingWindows;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.TextDivergence;
import dev.palimpsest.inference.TextReading;
import dev.palimpsest.prompt.PromptEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a base and models tuned from it expect next on the same tokens, which are the base's.
 *
 * @param vocabulary tokens of all
 * @param longest tokens that all take
 */
record TextComparison(Side base, List<Side> tuned, Lanes lanes, int vocabulary, int longest) {
  /** Fails where the two have not the same number of tokens. */
  static void requireSameVocabulary(int base, int tuned) {
    if (base != tuned) {
      throw new DecoderException(
          "The tuned checkpoint has a vocabulary of %d and the base one of %d; distributions can be compared over one vocabulary only."
              .formatted(tuned, base));
    }
  }

  /**
   * Compares base and first tuned model on the one continuation of each request.
   *
   * @throws DecoderException if one is longer than the models take, or no text of their vocabulary
   */
  List<TextDivergence> of(List<ScoreRequest> requests) {
    return comparisons(requests).stream().map(found -> sum(List.of(found.get(0)))).toList();
  }

  /**
   * Has all of them read the one continuation of each request.
   *
   * @throws DecoderException as above, or if a log-probability is not a number
   */
  List<TextReading> readings(List<ScoreRequest> requests) {
    List<List<Comparison>> found = comparisons(requests);
    return IntStream.range(0, found.size())
        .mapToObj(i -> reading(requests.get(i).continuationIds().get(0), found.get(i)))
        .toList();
  }

  private static TextReading reading(int[] ids, List<Comparison> found) {
    return new TextReading(
        score(ids, found.get(0).base()),
        found.stream()
            .map(each -> new TextReading.Tuned(score(ids, each.tuned()), each.divergence()))
            .toList());
  }

  private static ContinuationScore score(int[] ids, Comparison.Expected expected) {
    float[] logProbs = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      logProbs[i] = ContinuationScore.number((float) expected.logProbs()[i]);
    }
    return new ContinuationScore(logProbs, Arrays.equals(ids, expected.mostLikely()), false);
  }

  private List<List<Comparison>> comparisons(List<ScoreRequest> requests) {
    requests.forEach(this::check);
    return divergences(requests);
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
    List<ScoreRequest> windows =
        RollingWindows.of(prefix, plain(text, encoder), Math.min(window, longest));
    return sum(divergences(windows).stream().map(found -> found.get(0)).toList());
  }

  private static int[] plain(String text, PromptEncoder encoder) {
    return encoder.encode(new EncodeRequest(new Prompt.Text(text), List.of())).contextIds();
  }

  private List<List<Comparison>> divergences(List<ScoreRequest> windows) {
    return new Divergences(lanes, vocabulary).of(base, tuned, windows);
  }

  private static TextDivergence sum(List<Comparison> found) {
    double[] divergence =
        found.stream().flatMapToDouble(c -> Arrays.stream(c.divergence())).toArray();
    double baseSum = 0;
    double tunedSum = 0;
    int same = 0;
    for (Comparison part : found) {
      for (int i = 0; i < part.divergence().length; i++) {
        baseSum += part.base().logProbs()[i];
        tunedSum += part.tuned().logProbs()[i];
        same += part.isSameTop(i) ? 1 : 0;
      }
    }
    return new TextDivergence(divergence, baseSum, tunedSum, same);
  }
}
