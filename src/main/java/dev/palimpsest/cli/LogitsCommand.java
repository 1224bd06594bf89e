package dev.palimpsest.cli;

import dev.palimpsest.decoder.LocalRunner;
import dev.palimpsest.decoder.SequenceLogits;
import java.util.LinkedHashMap;
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
    try (JsonLinesWriter out = JsonLinesWriter.open(options.out());
        LocalRunner runner = options.open()) {
      int vocabulary = runner.vocabularySize(options.adapter());
      lines.forEach(line -> line.checkVocabulary("ids", vocabulary));
      long started = System.nanoTime();
      for (JsonLine line : lines) {
        out.write(answer(line, runner.logits(options.adapter(), List.of(line.ids("ids"))).get(0)));
      }
      out.commit();
      options.report(started, lines.size());
    }
    return ExitCode.PASS;
  }

  private static void check(JsonLine line) {
    line.id();
    line.allowOnly(Set.of("id", "ids"));
    if (line.ids("ids").length == 0) {
      throw line.fail("ids", "is empty; give at least one token");
    }
  }

  private static Map<String, ?> answer(JsonLine line, SequenceLogits logits) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", line.id());
    answer.put("logits_last", logits.logitsLast());
    answer.put("logprobs", logits.logProbs());
    answer.put("argmax", logits.argmax());
    return answer;
  }
}
