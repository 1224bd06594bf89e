package dev.palimpsest.cli;

import dev.palimpsest.cli.AskedModels.Question;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.inference.ContinuationScore;
import dev.palimpsest.inference.EncodeRequest;
import dev.palimpsest.inference.Encoded;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.RollingWindows;
import dev.palimpsest.inference.ScoreRequest;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
      Set.of(
          "id",
          "context",
          "continuation",
          "context_ids",
          "continuation_ids",
          "text",
          AskedModels.FIELD);

  @Mixin private ModelOptions options;

  @Override
  public Integer call() {
    List<JsonLine> lines = Requests.read(options.requests());
    lines.forEach(ScoreCommand::check);
    AskedModels models = options.models();
    List<Question> questions = models.questions(lines);
    try (JsonLinesWriter out = JsonLinesWriter.open(options.out());
        LocalRunner runner = options.open()) {
      long started = System.nanoTime();
      Score[] scores = new Score[questions.size()];
      AskedModels.byModel(questions).forEach(group -> score(group, runner, scores));
      for (Question question : questions) {
        out.write(answer(models.begin(question), scores[question.number()]));
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

  /** What was found for one request, of all of its windows together. */
  private record Score(double logProb, boolean isGreedy, int tokens) {
    Score plus(ContinuationScore window) {
      return new Score(
          logProb + window.logProb(),
          isGreedy && window.isGreedy(),
          tokens + window.tokenLogProbs().length);
    }
  }

  /** Scores questions to one model. */
  private static void score(List<Question> group, LocalRunner runner, Score[] scores) {
    List<List<ScoreRequest>> requests = group.stream().map(q -> requests(q, runner)).toList();
    Iterator<List<ContinuationScore>> found =
        runner
            .score(group.get(0).model().adapter(), requests.stream().flatMap(List::stream).toList())
            .iterator();
    for (int i = 0; i < group.size(); i++) {
      Score sum = new Score(0, true, 0);
      for (int window = 0; window < requests.get(i).size(); window++) {
        sum = sum.plus(found.next().get(0));
      }
      scores[group.get(i).number()] = sum;
    }
  }

  private static List<ScoreRequest> requests(Question question, LocalRunner runner) {
    JsonLine line = question.line();
    Optional<String> adapter = question.model().adapter();
    if (line.has("text")) {
      return windows(line, adapter, runner);
    }
    if (byIds(line)) {
      int vocabulary = runner.vocabularySize(adapter);
      line.checkVocabulary("context_ids", vocabulary);
      line.checkVocabulary("continuation_ids", vocabulary);
      return List.of(
          new ScoreRequest(line.ids("context_ids"), List.of(line.ids("continuation_ids"))));
    }
    List<String> continuations = List.of(line.text("continuation"));
    Encoded encoded = encode(runner, adapter, line.text("context"), continuations);
    return List.of(ScoreRequest.of(encoded));
  }

  private static List<ScoreRequest> windows(
      JsonLine line, Optional<String> adapter, LocalRunner runner) {
    int prefixToken = encode(runner, adapter, "", List.of()).contextIds()[0];
    int[] ids = encode(runner, adapter, line.text("text"), List.of()).contextIds();
    return RollingWindows.of(prefixToken, ids, runner.description().maxLength());
  }

  private static Encoded encode(
      LocalRunner runner, Optional<String> adapter, String text, List<String> continuations) {
    EncodeRequest request = new EncodeRequest(new Prompt.Text(text), continuations);
    return runner.encode(adapter, List.of(request)).get(0);
  }

  private static Map<String, ?> answer(Map<String, Object> answer, Score score) {
    answer.put("logprob", score.logProb());
    answer.put("is_greedy", score.isGreedy());
    answer.put("tokens", score.tokens());
    return answer;
  }
}
