package dev.palimpsest.cli;

import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.ModelAnswer;
import dev.palimpsest.suite.Score;
import dev.palimpsest.suite.Suite;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code palimpsest suites grade}: grades answers that were written elsewhere. */
@Command(
    name = "grade",
    description = {
      "Grades written answers to a suite's items, without any model.",
      "A line of answers is {\"item\", \"text\"}; a line of grades is {\"item\", \"strict\","
          + " \"lenient\", \"why\"}, in the order of the answers. An item may be answered often."
    },
    mixinStandardHelpOptions = true)
final class GradeCommand implements Callable<Integer> {
  private static final Set<String> FIELDS = Set.of("item", "text");

  @Parameters(paramLabel = "ID|DIR", description = "A suite of the program, or a suite's folder.")
  private String suite;

  @Option(
      names = "--answers",
      required = true,
      paramLabel = "IN.jsonl",
      description = "Answers, one JSON object per line.")
  private Path answers;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "OUT.jsonl",
      description = "Where the grades go.")
  private Path out;

  @Override
  public Integer call() {
    Suite asked = asked(suite);
    List<JsonLine> lines = Requests.read(answers);
    try (JsonLinesWriter writer = JsonLinesWriter.open(out)) {
      for (JsonLine line : lines) {
        line.allowOnly(FIELDS);
        writer.write(grade(item(asked, line), line.text("text")));
      }
      writer.commit();
    }
    return ExitCode.PASS;
  }

  /** Choices are graded as answers written to a list of them. */
  private static Suite asked(String name) {
    ChosenSuites chosen = ChosenSuites.of(List.of(name));
    Suite suite = chosen.library().suite(chosen.ids().get(0));
    boolean written = suite.items().get(0).longestAnswer() > 0;
    return written ? suite : chosen.library().find(suite.id() + ":written").orElse(suite);
  }

  private static Item item(Suite suite, JsonLine line) {
    String id = line.text("item");
    Item item =
        suite
            .item(id)
            .orElseThrow(
                () ->
                    line.fail("item", "is \"" + id + "\", which " + suite.id() + " does not have"));
    if (item.longestAnswer() == 0) {
      throw line.fail(
          "item",
          "is a "
              + item.kind().label()
              + " item, which is scored by likelihood and has no written answer");
    }
    return item;
  }

  private static Map<String, ?> grade(Item item, String text) {
    Score score = item.grade(new ModelAnswer.Text(text, 0, true));
    boolean strict = score.value() == 1;
    Map<String, Object> grade = new LinkedHashMap<>();
    grade.put("item", item.id());
    grade.put("strict", strict);
    grade.put("lenient", score.details().getOrDefault("lenient", score.value()) == 1);
    grade.put("why", score.explanation());
    return grade;
  }
}
