package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that are told to end while native code computes. */
final class EndingIT {
  private static final String MODEL = fixture("llama");
  private static final int LINES = 20_000;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
  void aSignalEndsScoringWithItsOwnCodeAndLeavesNothingBehind(String signal, int code)
      throws Exception {
    String line = "{'id':'%d','context':'The river ran %1$d times','continuation':' on'}";
    assertThat(ended(signal, line, "score", "--checkpoint", MODEL, "--batch-size", "1"))
        .isEqualTo(code);
    assertThat(names()).containsExactlyInAnyOrder("requests.jsonl", "printed");
  }

  @Test
  void generatingLeavesNothingBehind() throws Exception {
    String line = "{'id':'%d','prompt':'The river'}";
    List<String> command =
        List.of("generate", "--checkpoint", MODEL, "--max-new-tokens", "400", "--batch-size", "4");
    assertThat(ended("TERM", line, command.toArray(String[]::new))).isEqualTo(143);
    assertThat(names()).containsExactlyInAnyOrder("requests.jsonl", "printed");
  }

  @Test
  void comparingLeavesNothingBehind() throws Exception {
    String line = "{'id':'%d','text':'The river ran on and on.'}";
    String adapter = fixture("adapters/plain");
    assertThat(ended("TERM", line, "kl", "--base", MODEL, "--tuned", adapter)).isEqualTo(143);
    assertThat(names()).containsExactlyInAnyOrder("requests.jsonl", "printed");
  }

  @Test
  void whatRanToItsEndEndsWithoutACrash() throws Exception {
    write("{'id':'%d','text':'The river ran on.'}", 1);
    Process process = start("score", "--checkpoint", MODEL);
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("printed"))).isZero();
    assertThat(names()).containsExactlyInAnyOrder("requests.jsonl", "printed", "answers.jsonl");
  }

  /** Sends the signal once the engine computes, and returns the exit code. */
  private int ended(String signal, String line, String... command) throws Exception {
    write(line, LINES);
    Process process = start(command);
    try {
      awaitCompiledKernel(process);
      assertThat(
              new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                  .start()
                  .waitFor())
          .as(Files.readString(folder.resolve("printed")))
          .isZero();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private void write(String line, int count) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(line.formatted(i).replace('\'', '"'));
    }
    Files.write(folder.resolve("requests.jsonl"), lines);
  }

  private Process start(String... command) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                Main.class.getName()));
    all.addAll(List.of(command));
    all.addAll(List.of("--threads", "2", "--requests", "requests.jsonl", "--out", "answers.jsonl"));
    return new ProcessBuilder(all)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("printed").toFile())
        .start();
  }

  /** Threads that the engine's operations run in are the sign that it is under way. */
  private static void awaitCompiledKernel(Process process) throws Exception {
    Path threads = Path.of("/proc/" + process.pid() + "/task");
    while (process.isAlive() && !namesIn(threads).contains("lane")) {
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
  }

  private static String namesIn(Path threads) throws IOException {
    StringBuilder names = new StringBuilder();
    try (Stream<Path> tasks = Files.list(threads)) {
      for (Path task : tasks.toList()) {
        names.append(Files.readString(task.resolve("comm")));
      }
    } catch (IOException gone) {
      return names.toString();
    }
    return names.toString();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** The command runs in another folder, where a crash would leave its log. */
  private static String absolute(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String fixture(String name) {
    try {
      return Path.of(EndingIT.class.getResource("/checkpoint/" + name).toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
