package dev.palimpsest.cli;

import dev.palimpsest.decoder.local.ModelPair;
import dev.palimpsest.inference.PairSpec;
import dev.palimpsest.inference.RunnerOptions;
import dev.palimpsest.inference.TextDivergence;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code palimpsest kl}: how far a tuned model has moved from its base, token by token. */
@Command(
    name = "kl",
    description = {
      "Compares a tuned model with its base on texts, token by token.",
      "A request is {\"id\", \"text\"}; an answer is {\"id\", \"tokens\", \"kl_mean\","
          + " \"kl_median\", \"kl_99\", \"kl_max\", \"same_top\", \"base_logprob\","
          + " \"tuned_logprob\"}: the divergence KL(base||tuned) in nats over the text's tokens, the"
          + " share of tokens at which both expect the same next one, and the text's"
          + " log-likelihoods."
    },
    mixinStandardHelpOptions = true)
final class KlCommand implements Callable<Integer> {
  @Option(
      names = "--base",
      paramLabel = "PATH",
      required = true,
      description = "Hugging Face folder or GGUF file.")
  private Path base;

  @Option(
      names = "--tuned",
      paramLabel = "PATH",
      required = true,
      description = "An adapter for the base, or a checkpoint with the same vocabulary.")
  private Path tuned;

  @Option(
      names = "--window",
      paramLabel = "TOKENS",
      defaultValue = "2048",
      description = "Tokens computed together, of longer texts (default: 2048).")
  private int window;

  @Mixin private RequestOptions options;

  @Override
  public Integer call() {
    options.atLeast(2, "--window", window);
    RunnerOptions how = options.runner();
    List<JsonLine> lines = Requests.read(options.requests());
    lines.forEach(KlCommand::check);
    try (JsonLinesWriter answers = JsonLinesWriter.open(options.out());
        ModelPair pair = ModelPair.open(PairSpec.of(base, tuned, options.dtype()), how)) {
      long started = System.nanoTime();
      for (JsonLine line : lines) {
        answers.write(answer(line, pair.compare(line.text("text"), window)));
      }
      answers.commit();
      options.report(started, lines.size());
    }
    return ExitCode.PASS;
  }

  private static void check(JsonLine line) {
    line.id();
    line.allowOnly(Set.of("id", "text"));
    if (line.text("text").isEmpty()) {
      throw line.fail("text", "is empty; give the text to compare on");
    }
  }

  private static Map<String, ?> answer(JsonLine line, TextDivergence found) {
    double[] sorted = found.divergence().clone();
    Arrays.sort(sorted);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", line.id());
    answer.put("tokens", sorted.length);
    answer.put("kl_mean", Arrays.stream(sorted).average().orElse(0));
    answer.put("kl_median", quantile(sorted, 0.5));
    answer.put("kl_99", quantile(sorted, 0.99));
    answer.put("kl_max", sorted[sorted.length - 1]);
    answer.put("same_top", (double) found.sameTop() / sorted.length);
    answer.put("base_logprob", found.baseLogProb());
    answer.put("tuned_logprob", found.tunedLogProb());
    return answer;
  }

  /** Returns a quantile by linear interpolation between neighbours, as numpy does by default. */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
