package dev.palimpsest.cli;

import dev.palimpsest.decoder.ContinuationScore;
import dev.palimpsest.decoder.EncodeRequest;
import dev.palimpsest.decoder.Encoded;
import dev.palimpsest.decoder.LocalRunner;
import dev.palimpsest.decoder.Prompt;
import dev.palimpsest.decoder.ScoreRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code palimpsest score}: log-likelihoods of continuations. */
@Command(
    name = "score",
    description = {
      "Scores continuations by lm-eval's split rule.",
      "A request is {\"id\", \"context\", \"continuation\"} or {\"id\", \"context_ids\","
          + " \"continuation_ids\"}; an answer is {\"id\", \"logprob\", \"is_greedy\", \"tokens\"}"
          + " with the summed natural log-probability and the number of tokens scored."
    },
    mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
  private static final Set<String> FIELDS =
      Set.of("id", "context", "continuation", "context_ids", "continuation_ids");

  @Mixin private ModelOptions options;

  @Override
  public Integer call() {
    List<JsonLine> lines = JsonLines.read(options.requests());
    lines.forEach(ScoreCommand::check);
    try (JsonLinesWriter out = JsonLinesWriter.open(options.out());
        LocalRunner runner = options.open()) {
      long started = System.nanoTime();
      List<ScoreRequest> requests = lines.stream().map(line -> request(line, runner)).toList();
      List<List<ContinuationScore>> scores = runner.score(options.adapter(), requests);
      for (int i = 0; i < lines.size(); i++) {
        out.write(answer(lines.get(i), scores.get(i).get(0)));
      }
      out.commit();
      options.report(started, lines.size());
    }
    return ExitCode.PASS;
  }

  private static void check(JsonLine line) {
    line.id();
    line.allowOnly(FIELDS);
    if (byIds(line)) {
      if (line.ids("context_ids").length == 0) {
        throw line.fail("context_ids", "is empty; give at least one token, for instance BOS");
      }
      if (line.ids("continuation_ids").length == 0) {
        throw line.fail("continuation_ids", "is empty; give at least one token");
      }
    } else {
      line.text("context");
      if (line.text("continuation").isEmpty()) {
        throw line.fail("continuation", "is empty; give the text to score");
      }
    }
  }

  private static boolean byIds(JsonLine line) {
    return line.has("context_ids") || line.has("continuation_ids");
  }

  private ScoreRequest request(JsonLine line, LocalRunner runner) {
    if (byIds(line)) {
      int vocabulary = runner.description().vocabularySize();
      line.checkVocabulary("context_ids", vocabulary);
      line.checkVocabulary("continuation_ids", vocabulary);
      return new ScoreRequest(line.ids("context_ids"), List.of(line.ids("continuation_ids")));
    }
    Prompt prompt = new Prompt.Text(line.text("context"));
    List<String> continuations = List.of(line.text("continuation"));
    EncodeRequest request = new EncodeRequest(prompt, continuations);
    Encoded encoded = runner.encode(options.adapter(), List.of(request)).get(0);
    return new ScoreRequest(encoded.contextIds(), encoded.continuationIds());
  }

  private static Map<String, ?> answer(JsonLine line, ContinuationScore score) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", line.id());
    answer.put("logprob", score.logProb());
    answer.put("is_greedy", score.isGreedy());
    answer.put("tokens", score.tokenLogProbs().length);
    return answer;
  }
}
