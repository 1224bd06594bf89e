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
import picocli.CommandLine;

/** Runs commands that answer a file of requests, on the golden llama checkpoint. */
final class ModelCommandRun {
  static final Path LLAMA = Path.of("src/test/resources/golden/llama");

  private final Path folder;
  private final StringWriter err = new StringWriter();

  /** Creates runs whose requests and answers are files of the given folder. */
  ModelCommandRun(Path folder) {
    this.folder = folder;
  }

  /** Returns what the command answers, which should succeed. */
  List<JsonNode> run(String command, List<String> requests, String... more) throws IOException {
    assertThat(execute(command, requests, more)).as(err()).isEqualTo(ExitCode.PASS);
    List<JsonNode> answers = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("out.jsonl"))) {
      answers.add(Json.mapper().readTree(line));
    }
    return answers;
  }

  /** Returns the command's exit code. */
  int execute(String command, List<String> requests, String... more) throws IOException {
    Path in = Files.write(folder.resolve("in.jsonl"), requests);
    List<String> arguments = new ArrayList<>(List.of(command, "--checkpoint", LLAMA.toString()));
    arguments.addAll(List.of("--requests", in.toString()));
    arguments.addAll(List.of("--out", folder.resolve("out.jsonl").toString()));
    arguments.addAll(List.of(more));
    CommandLine commandLine = Main.commandLine();
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments.toArray(String[]::new));
  }

  /** Returns what commands have written to the error stream so far. */
  String err() {
    return err.toString();
  }
}
