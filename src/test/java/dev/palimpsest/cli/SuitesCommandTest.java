package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.suite.choice.ChoiceItem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands import, suites and suites grade. */
final class SuitesCommandTest {
  private static final String QUESTION =
      "{\"question\":\"How many legs have 3 cats?\",\"answer\":\"3 * 4\\n#### 12\"}\n";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void an_imported_suite_is_checked_and_its_answers_are_graded() throws IOException {
    Path file = Files.writeString(folder.resolve("test.jsonl"), QUESTION);
    Path cats = folder.resolve("cats");

    assertThat(run("import", "gsm8k", file, "--out", cats)).as(err.toString()).isZero();
    assertThat(out.toString()).startsWith("cats: 1 item in " + cats + ", digest ");
    assertThat(run("suites", "--check", cats)).isZero();

    Path answers =
        Files.write(
            folder.resolve("answers.jsonl"),
            List.of(
                "{\"item\":\"test-1\",\"text\":\"Each has 4, so 12.\"}",
                "{\"item\":\"test-1\",\"text\":\"It is 12.\\nLet me know if you have 2 more!\"}"));
    Path grades = folder.resolve("grades.jsonl");
    assertThat(run("suites", "grade", cats, "--answers", answers, "--out", grades)).isZero();
    assertThat(Files.readAllLines(grades))
        .containsExactly(
            "{\"item\":\"test-1\",\"strict\":true,\"lenient\":true,"
                + "\"why\":\"The check passed: the last number is 12.\"}",
            "{\"item\":\"test-1\",\"strict\":false,\"lenient\":true,"
                + "\"why\":\"1 of 1 checks failed: the last number is 2, expected 12."
                + " Without its last line it would pass.\"}");
  }

  @Test
  void what_cannot_be_graded_is_named_with_its_line() throws IOException {
    Path answers = folder.resolve("answers.jsonl");

    Files.writeString(answers, "{\"item\":\"inst-9999\",\"text\":\"x\"}");
    assertThat(grade("instruction", answers)).isEqualTo(ExitCode.USAGE);
    String margin = SuiteLibrary.bundled().suite("misalignment").items().get(0).id();
    Files.writeString(answers, "\n{\"item\":\"" + margin + "\",\"text\":\"x\"}");
    assertThat(grade("misalignment", answers)).isEqualTo(ExitCode.USAGE);
    Files.writeString(answers, "{\"item\":\"inst-0001\"}");
    assertThat(grade("instruction", answers)).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString())
        .contains("line 1: field \"item\" is \"inst-9999\", which instruction does not have.")
        .contains("line 2: field \"item\" is a margin item, which is scored by likelihood")
        .contains("line 1: field \"text\" is missing; it should be a string.");
    assertThat(folder.resolve("grades.jsonl")).doesNotExist();
  }

  @Test
  void choices_are_graded_as_answers_written_to_a_list_of_them() throws IOException {
    ChoiceItem item = (ChoiceItem) SuiteLibrary.bundled().suite("knowledge").items().get(0);
    String right = item.choices().get(item.answer());
    Path answers =
        Files.writeString(
            folder.resolve("answers.jsonl"),
            "{\"item\":\"%s\",\"text\":\"%s.\"}\n{\"item\":\"%s\",\"text\":\"Well, it is %s, I think\"}\n"
                .formatted(item.id(), right, item.id(), right));

    assertThat(grade("knowledge", answers)).as(err.toString()).isZero();
    List<String> grades = Files.readAllLines(folder.resolve("grades.jsonl"));
    assertThat(grades.get(0)).contains("\"strict\":true,\"lenient\":true");
    assertThat(grades.get(1)).contains("\"strict\":false,\"lenient\":true");
  }

  @Test
  void suites_alone_lists_them_and_with_json_says_more() throws IOException {
    assertThat(run("suites")).isZero();
    assertThat(out.toString()).startsWith("SUITE").contains("knowledge");
    out.getBuffer().setLength(0);

    assertThat(run("suites", "--json")).isZero();
    JsonNode suites = Json.mapper().readTree(out.toString());
    JsonNode knowledge = null;
    for (JsonNode suite : suites) {
      knowledge = suite.get("id").textValue().equals("knowledge") ? suite : knowledge;
    }
    assertThat(knowledge).isNotNull();
    assertThat(knowledge.get("digest").textValue()).hasSize(64);
    assertThat(knowledge.get("chance").doubleValue()).isEqualTo(0.25);
    assertThat(knowledge.get("pool").intValue())
        .isEqualTo(
            knowledge.get("tiers").get("easy").intValue()
                + knowledge.get("tiers").get("medium").intValue()
                + knowledge.get("tiers").get("hard").intValue());
    assertThat(knowledge.has("clusters") && knowledge.has("metric") && knowledge.has("margin"))
        .isTrue();
  }

  @Test
  void an_unknown_kind_is_answered_with_those_there_are() throws IOException {
    Path file = Files.writeString(folder.resolve("x.jsonl"), QUESTION);

    assertThat(run("import", "mmul", file, "--out", folder.resolve("x"))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains("There is no kind \"mmul\"; use one of mmlu, arc, hellaswag");
  }

  private int grade(String suite, Path answers) {
    return run(
        "suites", "grade", suite, "--answers", answers, "--out", folder.resolve("grades.jsonl"));
  }

  private int run(Object... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = String.valueOf(arguments[i]);
    }
    return command.execute(texts);
  }
}
