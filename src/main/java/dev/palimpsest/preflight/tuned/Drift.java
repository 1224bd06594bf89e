package dev.palimpsest.preflight.tuned;

import dev.palimpsest.inference.PairRunner;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.inference.TextDivergence;
import dev.palimpsest.preflight.AnsweredPrompts;
import dev.palimpsest.stats.ClusterBootstrap;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.training.TrainingRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How far a tuned model has moved from its base on texts: on its own training answers a figure that
 * needs no benchmark and foretells forgetting (arXiv 2509.04259), on plain texts how far it went
 * beyond them.
 *
 * @param rows answers or texts that were compared
 * @param tokens of them
 * @param kl mean KL(base ‖ tuned) of a token, in nats
 * @param interval of that mean, drawing whole answers or texts
 * @param median of the tokens' divergences
 * @param p99 their 99th percentile
 * @param sameTop share of the tokens at which both find the same one most likely
 * @param baseLoss mean negative log-likelihood of a token under the base, in nats
 * @param tunedLoss the same under the tuned model
 */
public record Drift(
    int rows,
    int tokens,
    double kl,
    Interval interval,
    double median,
    double p99,
    double sameTop,
    double baseLoss,
    double tunedLoss) {
  /** Rows that are compared. */
  public static final int ROWS = 64;

  private static final double LEVEL = 0.95;
  private static final long SEED = 20_260_101;

  /** What arithmetic alone gives in bfloat16, as measured on a tune that learned nothing. */
  private static final double ARITHMETIC = 0.001;

  private static final int TOGETHER = 8;
  private static final int WINDOW = 2048;

  public Drift {
    Objects.requireNonNull(interval, "interval is null");
  }

  /**
   * Compares both models on the answers of rows.
   *
   * @param rows some of the file
   */
  public static Drift of(PairRunner pair, List<TrainingRow> rows) {
    boolean chat = pair.description().format().hasChatTemplate();
    List<TrainingRow> fit =
        rows.stream().filter(row -> !row.answer().isBlank()).limit(ROWS).toList();
    if (fit.isEmpty()) {
      throw new TunedException(
          "No row of the training file has an answer, so nothing can be compared on it.");
    }
    List<TextDivergence> found = new ArrayList<>();
    for (int from = 0; from < fit.size(); from += TOGETHER) {
      List<TrainingRow> part = fit.subList(from, Math.min(from + TOGETHER, fit.size()));
      List<ScoreRequest> requests =
          AnsweredPrompts.encode(pair::encode, part.stream().map(row -> asked(row, chat)).toList())
              .stream()
              .map(request -> cut(request, pair.description().maxLength()))
              .toList();
      found.addAll(pair.compare(requests));
    }
    return sum(found);
  }

  /**
   * Compares both models on plain texts.
   *
   * @param texts at least one
   */
  public static Drift ofTexts(PairRunner pair, List<String> texts) {
    List<TextDivergence> found = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += TOGETHER) {
      List<String> part = texts.subList(from, Math.min(from + TOGETHER, texts.size()));
      found.addAll(pair.compareTexts(part, WINDOW));
    }
    return sum(found);
  }

  private static AnsweredPrompts.Pair asked(TrainingRow row, boolean chat) {
    Prompt prompt;
    if (row.shape() == TrainingRow.Shape.TEXT || row.prompt().isEmpty()) {
      prompt = new Prompt.Text("");
    } else {
      prompt = chat ? new Prompt.Chat(row.prompt(), "") : new Prompt.Text(row.question() + "\n");
    }
    return new AnsweredPrompts.Pair(prompt, row.answer());
  }

  /** Answers that the models do not take whole are compared as far as they do. */
  private static ScoreRequest cut(ScoreRequest request, int longest) {
    int[] context = request.contextIds();
    int[] answer = request.continuationIds().get(0);
    int[] kept = Arrays.copyOf(answer, Math.min(answer.length, longest / 2));
    int room = longest + 1 - kept.length;
    int[] end = Arrays.copyOfRange(context, Math.max(0, context.length - room), context.length);
    return new ScoreRequest(end, List.of(kept));
  }

  private static Drift sum(List<TextDivergence> found) {
    List<String> row = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      for (int token = 0; token < found.get(i).divergence().length; token++) {
        row.add(Integer.toString(i));
      }
    }
    double[] all = found.stream().flatMapToDouble(one -> Arrays.stream(one.divergence())).toArray();
    double mean = Arrays.stream(all).average().orElse(0);
    Interval interval =
        found.size() < 2
            ? new Interval(mean, mean)
            : ClusterBootstrap.of(all, row).interval(LEVEL, ClusterBootstrap.DRAWS, SEED);
    double[] sorted = all.clone();
    Arrays.sort(sorted);
    return new Drift(
        found.size(),
        all.length,
        mean,
        interval,
        sorted[(sorted.length - 1) / 2],
        sorted[(int) (0.99 * (sorted.length - 1))],
        (double) found.stream().mapToInt(TextDivergence::sameTop).sum() / all.length,
        -found.stream().mapToDouble(TextDivergence::baseLogProb).sum() / all.length,
        -found.stream().mapToDouble(TextDivergence::tunedLogProb).sum() / all.length);
  }

  /** Returns the figures of plain texts in a sentence, beside those of training answers. */
  public String besides(Drift training) {
    return String.format(
        Locale.ROOT,
        "On plain text that has nothing to do with it: KL %.3f nats a token (%.3f to %.3f)%s.",
        kl,
        interval.low(),
        interval.high(),
        training.interval.high() < ARITHMETIC
            ? ""
            : String.format(
                Locale.ROOT, ", %.0f%% of that on its training answers", 100 * kl / training.kl));
  }

  /** Returns the figures of training answers in a sentence. */
  public String sentence() {
    if (interval.high() < ARITHMETIC) {
      return String.format(
          Locale.ROOT,
          "It has not moved from its base on its own training answers: KL %.5f nats a token (%.5f to"
              + " %.5f), as little as arithmetic alone gives. Was the adapter trained, and is it the"
              + " right one?",
          kl,
          interval.low(),
          interval.high());
    }
    return String.format(
        Locale.ROOT,
        "On its own training answers it has moved from its base by KL %.3f nats a token (%.3f to"
            + " %.3f); it finds a token of them %.1f times as likely as the base does, and the same"
            + " one most likely at %.0f%% of the tokens.",
        kl,
        interval.low(),
        interval.high(),
        Math.exp(baseLoss - tunedLoss),
        100 * sameTop);
  }
}
