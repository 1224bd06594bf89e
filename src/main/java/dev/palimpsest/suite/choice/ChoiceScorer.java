package dev.palimpsest.suite.choice;

import dev.palimpsest.suite.Evidence;
import dev.palimpsest.suite.LogProb;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.UnscorableException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Picks the most likely choice.
 *
 * <p>The score counts the sum of token log-probabilities, and the first of equal choices wins, as
 * in lm-evaluation-harness ({@code acc}). Beside it stand its length-normalised forms: {@code
 * acc_norm} divides by code points, {@code acc_bytes} by UTF-8 bytes, {@code acc_tokens} by tokens;
 * {@code acc_calibrated} takes off the log-likelihood that each choice has without the question
 * (domain-conditional PMI, Holtzman et al. 2021), and {@code acc_alone} is what that alone picks.
 */
final class ChoiceScorer {
  private ChoiceScorer() {}

  static Score score(ChoiceItem item, List<LogProb> logProbs) {
    return score(item, logProbs, List.of());
  }

  /**
   * Picks the most likely choice.
   *
   * @param alone the same choices without the question; [] where that was not asked
   */
  static Score score(ChoiceItem item, List<LogProb> logProbs, List<LogProb> alone) {
    requireUsable(item, logProbs);
    double[] sums = sums(item, logProbs, Norm.NONE);
    int picked = argMax(sums);
    return new Score(
        picked == item.answer() ? 1 : 0,
        item.choices().get(picked),
        explanation(item, sums, picked),
        new Evidence.Choice(details(item, logProbs, alone, sums, picked)));
  }

  private static void requireUsable(ChoiceItem item, List<LogProb> logProbs) {
    if (logProbs.size() != item.choices().size()) {
      throw new IllegalArgumentException(
          item.id() + ": " + logProbs.size() + " log-likelihoods for " + item.choices().size());
    }
    for (int i = 0; i < logProbs.size(); i++) {
      if (Double.isNaN(logProbs.get(i).sum())) {
        throw new UnscorableException(
            "Item "
                + item.id()
                + " cannot be scored: the log-likelihood of choice "
                + (i + 1)
                + " is not a number; check the checkpoint's weights for NaN.");
      }
    }
  }

  private static double[] sums(ChoiceItem item, List<LogProb> logProbs, Norm norm) {
    return IntStream.range(0, logProbs.size())
        .mapToDouble(
            i -> logProbs.get(i).sum() / norm.length(item.choices().get(i), logProbs.get(i)))
        .toArray();
  }

  private static int argMax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  private static double margin(double[] sums, int answer) {
    double bestWrong = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < sums.length; i++) {
      if (i != answer) {
        bestWrong = Math.max(bestWrong, sums[i]);
      }
    }
    // Two impossible choices are equally impossible, not undefined.
    return sums[answer] == bestWrong ? 0 : sums[answer] - bestWrong;
  }

  private static double shareOfAnswer(double[] sums, int answer) {
    double max = sums[argMax(sums)];
    if (max == Double.NEGATIVE_INFINITY) {
      return 1.0 / sums.length;
    }
    double total = 0;
    for (double sum : sums) {
      total += Math.exp(sum - max);
    }
    return Math.exp(sums[answer] - max) / total;
  }

  private static Map<String, Double> details(
      ChoiceItem item, List<LogProb> logProbs, List<LogProb> alone, double[] sums, int picked) {
    Map<String, Double> details = new LinkedHashMap<>();
    details.put("picked", (double) picked);
    details.put("answer", (double) item.answer());
    details.put("margin", margin(sums, item.answer()));
    details.put("p_answer", shareOfAnswer(sums, item.answer()));
    for (Norm norm : List.of(Norm.CODE_POINTS, Norm.BYTES, Norm.TOKENS)) {
      details.put(norm.label, argMax(sums(item, logProbs, norm)) == item.answer() ? 1.0 : 0.0);
    }
    if (!alone.isEmpty()) {
      double[] bare = sums(item, alone, Norm.NONE);
      double[] gains =
          IntStream.range(0, sums.length).mapToDouble(i -> sums[i] - bare[i]).toArray();
      details.put("acc_calibrated", argMax(gains) == item.answer() ? 1.0 : 0.0);
      details.put("acc_alone", argMax(bare) == item.answer() ? 1.0 : 0.0);
    }
    for (int i = 0; i < sums.length; i++) {
      details.put("logprob_" + i, sums[i]);
      details.put("tokens_" + i, (double) logProbs.get(i).tokens());
    }
    return details;
  }

  private static String explanation(ChoiceItem item, double[] sums, int picked) {
    double margin = margin(sums, item.answer());
    String right = item.choices().get(item.answer());
    if (picked == item.answer()) {
      return String.format(
          Locale.ROOT, "Picked \"%s\", the right answer, by %.2f nats.", right, margin);
    }
    return String.format(
        Locale.ROOT,
        "Picked \"%s\"; the right answer \"%s\" was %.2f nats less likely.",
        item.choices().get(picked),
        right,
        Math.abs(margin));
  }

  /** What a log-likelihood is divided by. */
  private enum Norm {
    NONE("acc") {
      @Override
      int length(String choice, LogProb logProb) {
        return 1;
      }
    },
    CODE_POINTS("acc_norm") {
      @Override
      int length(String choice, LogProb logProb) {
        return choice.codePointCount(0, choice.length());
      }
    },
    BYTES("acc_bytes") {
      @Override
      int length(String choice, LogProb logProb) {
        return choice.getBytes(StandardCharsets.UTF_8).length;
      }
    },
    TOKENS("acc_tokens") {
      @Override
      int length(String choice, LogProb logProb) {
        return logProb.tokens();
      }
    };

    private final String label;

    Norm(String label) {
      this.label = label;
    }

    abstract int length(String choice, LogProb logProb);
  }
}
