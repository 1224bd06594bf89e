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

/** Runs commands that answer a file of requests. */
final class RequestsRun {
  static final Path LLAMA = Path.of("src/test/resources/golden/llama");

  private final Path folder;
  private final List<String> always;
  private final StringWriter err = new StringWriter();

  /**
   * Creates runs whose requests and answers are files of the given folder.
   *
   * @param always what every command line says beside them
   */
  RequestsRun(Path folder, String... always) {
    this.folder = folder;
    this.always = List.of(always);
  }

  /** Creates runs on the golden llama checkpoint. */
  static RequestsRun onLlama(Path folder) {
    return new RequestsRun(folder, "--checkpoint", LLAMA.toString());
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
    return execute(command, in, more);
  }

  /** Returns the command's exit code on a file that is there or not. */
  int execute(String command, Path requests, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(always);
    arguments.addAll(List.of("--requests", requests.toString()));
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
