package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.plan.TinySuites;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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

  /** What the kernel's log says when an operation begins. */
  private static final Pattern COMPUTES =
      Pattern.compile("computes (score|begin|advance|inspect|hidden)");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
  void aSignalEndsScoringWithItsOwnCodeAndLeavesNothingBehind(String signal, int code)
      throws Exception {
    write("{'id':'%d','context':'The river ran %1$d times','continuation':' on'}", LINES);
    Ended ended =
        ended(signal, COMPUTES, answering("score", "--checkpoint", MODEL, "--batch-size", "1"));
    assertThat(ended.code()).as(ended.printed()).isEqualTo(code);
    assertThat(names()).containsExactly("requests.jsonl");
  }

  @Test
  void generatingLeavesNothingBehind() throws Exception {
    write("{'id':'%d','prompt':'The river'}", LINES);
    Ended ended =
        ended(
            "TERM",
            COMPUTES,
            answering(
                "generate", "--checkpoint", MODEL, "--max-new-tokens", "400", "--batch-size", "4"));
    assertThat(ended.code()).as(ended.printed()).isEqualTo(143);
    assertThat(names()).containsExactly("requests.jsonl");
  }

  @Test
  void readingLogitsLeavesNothingBehind() throws Exception {
    write("{'id':'%d','ids':[1,5,9,3,7,2]}", LINES);
    Ended ended = ended("INT", COMPUTES, answering("logits", "--checkpoint", MODEL));
    assertThat(ended.code()).as(ended.printed()).isEqualTo(130);
    assertThat(names()).containsExactly("requests.jsonl");
  }

  @Test
  void comparingLeavesNothingBehind() throws Exception {
    write("{'id':'%d','text':'The river ran on and on.'}", LINES);
    Ended ended =
        ended(
            "TERM",
            COMPUTES,
            answering("kl", "--base", MODEL, "--tuned", fixture("adapters/plain")));
    assertThat(ended.code()).as(ended.printed()).isEqualTo(143);
    assertThat(names()).containsExactly("requests.jsonl");
  }

  @Test
  void anAuditEndsWithItsWorkersAndSaysThatNothingIsLost() throws Exception {
    new TinySuites(folder.resolve("suites")).library(400);
    Ended ended =
        ended(
            "INT",
            Pattern.compile("Running"),
            List.of(
                "audit",
                "--base",
                MODEL,
                "--tuned",
                fixture("adapters/plain"),
                "--suite",
                folder.resolve("suites/facts").toString(),
                "--plan",
                "standard",
                "--out",
                folder.resolve("report").toString()));
    assertThat(ended.code()).as(ended.printed()).isEqualTo(130);
    assertThat(ended.printed()).contains("what ran is kept, and the same command goes on with it");
    assertThat(ended.children()).isNotEmpty().allSatisfy(EndingIT::assertEnds);
    assertThat(names()).containsExactlyInAnyOrder("suites", "report");
  }

  @Test
  void aServerEndsWithItsOwnCode() throws Exception {
    Ended ended =
        ended(
            "TERM",
            Pattern.compile("Palimpsest is at"),
            List.of("serve", "--port", "0", "--data", folder.resolve("data").toString()));
    assertThat(ended.code()).as(ended.printed()).isEqualTo(143);
    assertThat(names()).containsExactly("data");
  }

  @Test
  void whatRanToItsEndEndsWithoutACrash() throws Exception {
    write("{'id':'%d','text':'The river ran on.'}", 1);
    Process process = start(answering("score", "--checkpoint", MODEL));
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(names()).containsExactlyInAnyOrder("requests.jsonl", "answers.jsonl");
  }

  /**
   * A command that was told to end.
   *
   * @param printed everything it printed
   * @param children the processes that it had when it was told
   */
  private record Ended(int code, String printed, List<ProcessHandle> children) {}

  /** Sends the signal once the command has printed what says that it is at work. */
  private Ended ended(String signal, Pattern atWork, List<String> command) throws Exception {
    Process process = start(command);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      StringBuilder printed = new StringBuilder();
      await(lines, atWork, printed);
      List<ProcessHandle> children = process.descendants().toList();
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      lines.lines().forEach(line -> printed.append(line).append('\n'));
      return new Ended(process.waitFor(), printed.toString(), children);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void await(BufferedReader lines, Pattern wanted, StringBuilder printed)
      throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      printed.append(line).append('\n');
      if (wanted.matcher(line).find()) {
        return;
      }
    }
    throw new AssertionError("it ended before it was at work: " + printed);
  }

  private static void assertEnds(ProcessHandle process) {
    assertThat(process.onExit()).succeedsWithin(60, TimeUnit.SECONDS);
  }

  private void write(String line, int count) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(line.formatted(i).replace('\'', '"'));
    }
    Files.write(folder.resolve("requests.jsonl"), lines);
  }

  private static List<String> answering(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--threads", "2", "--requests", "requests.jsonl", "--out", "answers.jsonl"));
    return all;
  }

  /** Where tests run in the background, signals may be ignored, which processes inherit. */
  private Process start(List<String> command) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "env",
                "--default-signal",
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.log.dev.palimpsest.decoder.kernel.Call=debug",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                Main.class.getName()));
    all.addAll(command);
    return new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true).start();
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
