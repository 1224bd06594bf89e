package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Samples in lm-eval's shape from the golden llama checkpoint. */
@Tag("slow")
final class LmEvalCommandTest {
  private static final Path DATA = Path.of("src/test/resources/dev/palimpsest/lmeval");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void samples_have_the_fields_of_lm_eval_and_compare_with_themselves() throws IOException {
    Path samples = folder.resolve("samples_arc.jsonl");
    assertThat(run("arc", samples, "--num-fewshot", "1", "--limit", "3")).as(err()).isZero();
    assertThat(out.toString()).contains("arc, 1-shot: 3 documents").contains("acc_norm,none: ");

    List<JsonNode> lines = read(samples);
    assertThat(lines).hasSize(3);
    JsonNode first = lines.get(0);
    assertThat(first.fieldNames())
        .toIterable()
        .containsExactly(
            "doc_id",
            "doc",
            "target",
            "arguments",
            "resps",
            "filtered_resps",
            "filter",
            "metrics",
            "doc_hash",
            "prompt_hash",
            "target_hash",
            "acc",
            "acc_norm");
    assertThat(first.at("/arguments/gen_args_1/arg_1").textValue()).isEqualTo(" Argentina");
    assertThat(first.at("/resps/1/0/0").textValue()).startsWith("-");
    assertThat(first.at("/resps/1/0")).isEqualTo(first.at("/filtered_resps/1"));
    assertThat(first.at("/filtered_resps/1/1").textValue()).isIn("True", "False");

    assertThat(execute("lm-eval", "compare", samples.toString(), samples.toString())).isZero();
    assertThat(out.toString())
        .contains("3 of 3 agree within 0.001.")
        .contains("Largest difference: 0.0e+00, choice 0, in document 0.");
  }

  @Test
  void written_answers_have_a_line_for_each_filter() throws IOException {
    Path samples = folder.resolve("samples_gsm8k.jsonl");
    assertThat(run("gsm8k", samples, "--num-fewshot", "1", "--limit", "1")).as(err()).isZero();
    assertThat(read(samples))
        .extracting(line -> line.get("filter").textValue() + " " + line.get("metrics"))
        .containsExactly("strict-match [\"exact_match\"]", "flexible-extract [\"exact_match\"]");
  }

  @Test
  void faults_are_told_before_a_model_is_loaded() {
    int code =
        execute(
            "lm-eval",
            "run",
            "--checkpoint",
            "nowhere",
            "--task",
            "arc",
            "--file",
            DATA.resolve("mmlu.jsonl").toString(),
            "--out",
            folder.resolve("out.jsonl").toString());
    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("mmlu.jsonl, line 1, field choices.text: found nothing");

    assertThat(run("drop", folder.resolve("out.jsonl"))).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("There is no task \"drop\"; use one of arc, hellaswag, mmlu");

    assertThat(execute("lm-eval")).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("palimpsest lm-eval run");
  }

  private int run(String task, Path samples, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "lm-eval",
                "run",
                "--checkpoint",
                RequestsRun.LLAMA.toString(),
                "--task",
                task,
                "--file",
                DATA.resolve(task + ".jsonl").toString(),
                "--shots-file",
                DATA.resolve(task + "-shots.jsonl").toString(),
                "--out",
                samples.toString()));
    arguments.addAll(List.of(more));
    return execute(arguments.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private String err() {
    return err.toString();
  }

  private static List<JsonNode> read(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(Json.mapper().readTree(line));
    }
    return lines;
  }
}
