package dev.palimpsest.cli;

import dev.palimpsest.cli.AskedModels.Question;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.inference.SequenceLogits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code palimpsest logits}: what the model computes, for comparison with other programs. */
@Command(
    name = "logits",
    description = {
      "Computes whole sequences, for comparison with other programs.",
      "A request is {\"id\", \"ids\"}; an answer is {\"id\", \"logits_last\", \"logprobs\","
          + " \"argmax\"} with the logits at the last position, the log-probability of each id"
          + " after the first, and the most likely next token at every position."
    },
    mixinStandardHelpOptions = true)
final class LogitsCommand implements Callable<Integer> {
  @Mixin private ModelOptions options;

  @Override
  public Integer call() {
    List<JsonLine> lines = Requests.read(options.requests());
    lines.forEach(LogitsCommand::check);
    AskedModels models = options.models();
    List<Question> questions = models.questions(lines);
    try (JsonLinesWriter out = JsonLinesWriter.open(options.out());
        LocalRunner runner = options.open()) {
      questions.forEach(question -> checkVocabulary(question, runner));
      long started = System.nanoTime();
      for (Question question : questions) {
        List<int[]> sequence = List.of(question.line().ids("ids"));
        SequenceLogits logits = runner.logits(question.model().adapter(), sequence).get(0);
        out.write(answer(models.begin(question), logits));
      }
      out.commit();
      options.report(started, lines.size());
    }
    return ExitCode.PASS;
  }

  private static void check(JsonLine line) {
    line.id();
    line.allowOnly(Set.of("id", "ids", AskedModels.FIELD));
    if (line.ids("ids").length == 0) {
      throw line.fail("ids", "is empty; give at least one token");
    }
  }

  private static void checkVocabulary(Question question, LocalRunner runner) {
    int vocabulary = runner.vocabularySize(question.model().adapter());
    question.line().checkVocabulary("ids", vocabulary);
  }

  private static Map<String, ?> answer(Map<String, Object> answer, SequenceLogits logits) {
    answer.put("logits_last", logits.logitsLast());
    answer.put("logprobs", logits.logProbs());
    answer.put("argmax", logits.argmax());
    return answer;
  }
}
