package dev.palimpsest.cli;

import dev.palimpsest.decoder.ContinuationScore;
import dev.palimpsest.decoder.EncodeRequest;
import dev.palimpsest.decoder.Encoded;
import dev.palimpsest.decoder.LocalRunner;
import dev.palimpsest.decoder.Prompt;
import dev.palimpsest.decoder.RollingWindows;
import dev.palimpsest.decoder.ScoreRequest;
import java.util.Iterator;
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
      "Scores continuations by lm-eval's split rule, and whole texts by its rolling windows.",
      "A request is {\"id\", \"context\", \"continuation\"}, {\"id\", \"context_ids\","
          + " \"continuation_ids\"} or, for a text of any length, {\"id\", \"text\"}; an answer is"
          + " {\"id\", \"logprob\", \"is_greedy\", \"tokens\"} with the summed natural"
          + " log-probability and the number of tokens scored."
    },
    mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
  private static final Set<String> FIELDS =
      Set.of("id", "context", "continuation", "context_ids", "continuation_ids", "text");

  @Mixin private ModelOptions options;

  @Override
  public Integer call() {
    List<JsonLine> lines = Requests.read(options.requests());
    lines.forEach(ScoreCommand::check);
    try (JsonLinesWriter out = JsonLinesWriter.open(options.out());
        LocalRunner runner = options.open()) {
      long started = System.nanoTime();
      List<List<ScoreRequest>> requests = lines.stream().map(l -> requests(l, runner)).toList();
      Iterator<List<ContinuationScore>> scores =
          runner
              .score(options.adapter(), requests.stream().flatMap(List::stream).toList())
              .iterator();
      for (int i = 0; i < lines.size(); i++) {
        out.write(answer(lines.get(i), requests.get(i).size(), scores));
      }
      out.commit();
      options.report(started, lines.size());
    }
    return ExitCode.PASS;
  }

  private static void check(JsonLine line) {
    line.id();
    line.allowOnly(FIELDS);
    if (line.has("text")) {
      checkText(line);
    } else if (byIds(line)) {
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

  private static void checkText(JsonLine line) {
    if (line.text("text").isEmpty()) {
      throw line.fail("text", "is empty; give the text to score");
    }
    if (byIds(line) || line.has("context") || line.has("continuation")) {
      throw line.fail("text", "stands for the whole request; leave the other fields out");
    }
  }

  private static boolean byIds(JsonLine line) {
    return line.has("context_ids") || line.has("continuation_ids");
  }

  private List<ScoreRequest> requests(JsonLine line, LocalRunner runner) {
    if (line.has("text")) {
      return windows(line, runner);
    }
    if (byIds(line)) {
      int vocabulary = runner.vocabularySize(options.adapter());
      line.checkVocabulary("context_ids", vocabulary);
      line.checkVocabulary("continuation_ids", vocabulary);
      return List.of(
          new ScoreRequest(line.ids("context_ids"), List.of(line.ids("continuation_ids"))));
    }
    List<String> continuations = List.of(line.text("continuation"));
    Encoded encoded = encode(runner, line.text("context"), continuations);
    return List.of(new ScoreRequest(encoded.contextIds(), encoded.continuationIds()));
  }

  private List<ScoreRequest> windows(JsonLine line, LocalRunner runner) {
    int prefixToken = encode(runner, "", List.of()).contextIds()[0];
    int[] ids = encode(runner, line.text("text"), List.of()).contextIds();
    return RollingWindows.of(prefixToken, ids, runner.description().maxLength());
  }

  private Encoded encode(LocalRunner runner, String text, List<String> continuations) {
    EncodeRequest request = new EncodeRequest(new Prompt.Text(text), continuations);
    return runner.encode(options.adapter(), List.of(request)).get(0);
  }

  private static Map<String, ?> answer(
      JsonLine line, int windows, Iterator<List<ContinuationScore>> scores) {
    double logProb = 0;
    boolean greedy = true;
    int tokens = 0;
    for (int i = 0; i < windows; i++) {
      ContinuationScore score = scores.next().get(0);
      logProb += score.logProb();
      greedy &= score.isGreedy();
      tokens += score.tokenLogProbs().length;
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", line.id());
    answer.put("logprob", logProb);
    answer.put("is_greedy", greedy);
    answer.put("tokens", tokens);
    return answer;
  }
}
