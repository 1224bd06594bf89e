package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.audit.plan.TinySuites;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.checkpoint.GgufBytes;
import dev.palimpsest.checkpoint.HubDownload;
import dev.palimpsest.report.model.ReportStore;
import dev.palimpsest.storage.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code palimpsest audit} promises to pipelines, with the tiny model in real workers. */
final class AuditCommandIT {
  private static final Path LLAMA = Path.of("src/test/resources/checkpoint/llama");
  private static final Path ADAPTERS = Path.of("src/test/resources/checkpoint/adapters");
  private static final Path PLAIN = ADAPTERS.resolve("plain");
  private static final int ITEMS = 64;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path report;

  @BeforeEach
  void writeSuites() {
    new TinySuites(folder.resolve("suites")).library(ITEMS);
    report = folder.resolve("report");
  }

  @Test
  void zeroWhenEveryGatePasses() throws IOException {
    assertThat(audit(LLAMA, PLAIN, "--policy", policy("deeds", 0.5))).isEqualTo(ExitCode.PASS);
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("Deeds: 64 items can certify")
        .contains("● Certified")
        .contains("Verdict: PASS");
    assertThat(json().get("verdict").textValue()).isEqualTo("PASS");
  }

  @Test
  void theReportIsKeptForTheWebAppOnTheSameData() throws IOException {
    Path data = folder.resolve("data");
    audit(LLAMA, PLAIN, "--policy", policy("deeds", 0.5), "--data", data.toString());
    try (Database database = Database.open(data)) {
      String id = json().at("/audit/id").textValue();
      assertThat(new ReportStore(database).summaries(List.of(id)).get(id))
          .isEqualTo(
              new ReportStore.Summary(
                  ReleaseVerdict.PASS,
                  Sha256.hex(Files.readAllBytes(report.resolve("report.json")))));
    }
  }

  /** A model that ends every answer after a word obeys all limits of words; the other does not. */
  @Test
  void oneWhenAGateFails() throws IOException {
    Path terse = copy(LLAMA, "terse");
    String all = IntStream.range(0, 461).mapToObj(String::valueOf).collect(Collectors.joining(","));
    Files.writeString(terse.resolve("generation_config.json"), "{\"eos_token_id\":[" + all + "]}");
    assertThat(audit(terse, LLAMA)).isEqualTo(ExitCode.GATE_FAILED);
    assertThat(out.toString()).contains("Verdict: FAIL");
    assertThat(json().at("/capabilities/0/verdict").textValue()).isEqualTo("FAILED");
  }

  @Test
  void threeWhenTheItemsDoNotDecide() throws IOException {
    assertThat(audit(LLAMA, LLAMA, "--policy", policy("deeds", 0.01)))
        .isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(out.toString())
        .contains("Note: llama-2 is the base itself, file by file")
        .contains("Verdict: NOT_PROVEN");
  }

  @Test
  void checkpointsAreReadWhereTheCacheKeepsThemAndAsGgufHasThem() throws IOException {
    Path base = HubDownload.of(folder.resolve("hub/models--org--tiny"), LLAMA);
    Path adapter = HubDownload.of(folder.resolve("hub/models--org--sft"), PLAIN);
    GgufBytes lora = GgufBytes.lora("llama").pair("blk.0.attn_q.weight", 32, 32, 2);
    Path gguf = lora.write(folder.resolve("lora.gguf"));
    String[] options = {"--tuned", gguf.toString(), "--policy", policy("deeds", 0.5)};
    assertThat(audit(base, adapter.resolve("snapshots/0123abcd"), options))
        .as(err.toString())
        .isEqualTo(ExitCode.PASS);
    assertThat(json().at("/base/name").textValue()).isEqualTo("tiny");
    assertThat(json().at("/tuned/0/name").textValue()).isEqualTo("sft");
    assertThat(json().at("/tuned/1/name").textValue()).isEqualTo("lora");
  }

  @Test
  void fourWhenTheEngineFails() throws IOException {
    assertThat(audit(overflowing(), PLAIN)).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(oneSentence())
        .startsWith("Not one of 64 items could be run; the first says: The model's output is not")
        .endsWith("What ran is kept; the same command goes on with it.");
    assertThat(report.resolve("report.json")).doesNotExist();
  }

  @Test
  void fourWhenNothingCanBeWritten() throws IOException {
    report = Files.createFile(folder.resolve("occupied"));
    assertThat(audit(LLAMA, PLAIN)).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(oneSentence()).startsWith("Nothing can be written to ").contains("another --out");
  }

  @Test
  void fiveWhenACheckpointIsBrokenOrDoesNotFit() throws IOException {
    assertThat(audit(LLAMA, ADAPTERS.resolve("shape_mismatch"))).isEqualTo(ExitCode.INTEGRITY);
    assertThat(oneSentence()).contains("was made for another base");
    Path text = copy(LLAMA, "text");
    Files.writeString(text.resolve("model.safetensors"), "these are no weights");
    assertThat(audit(LLAMA, text)).isEqualTo(ExitCode.INTEGRITY);
    assertThat(oneSentence()).contains("model.safetensors");
    assertThat(audit(folder.resolve("nowhere"), PLAIN)).isEqualTo(ExitCode.INTEGRITY);
    assertThat(oneSentence()).contains("nowhere");
  }

  @Test
  void twoWhenTheCommandIsMisused() throws IOException {
    assertThat(run("audit", "--base", LLAMA.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("Missing required options").contains("--tuned");
    assertThat(audit(LLAMA, PLAIN, "--suite", "reasonin")).isEqualTo(ExitCode.USAGE);
    assertThat(oneSentence()).contains("no suite \"reasonin\"; did you mean reasoning?");
    assertThat(audit(LLAMA, PLAIN, "--policy", policy("deed", 0.1))).isEqualTo(ExitCode.USAGE);
    assertThat(oneSentence()).startsWith("The policy gates deed, which this audit does not run");
    assertThat(audit(LLAMA, PLAIN, "--policy", policy("deeds", 5))).isEqualTo(ExitCode.USAGE);
    assertThat(oneSentence()).contains("gates[0].maxDrop: found 5.0");
    assertThat(audit(LLAMA, PLAIN, "--plan", "slow")).isEqualTo(ExitCode.USAGE);
    assertThat(audit(LLAMA, PLAIN, "--dtype", "int8")).isEqualTo(ExitCode.USAGE);
    assertThat(audit(LLAMA, PLAIN, "--template", "mine")).isEqualTo(ExitCode.USAGE);
    assertThat(audit(LLAMA, PLAIN, "--tuned", PLAIN.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(oneSentence()).startsWith("plain and plain are the same, file by file");
    assertThat(report).isEmptyDirectory();
  }

  @Test
  void theReportHoldsTheFieldsThatToolsBuildOn() throws IOException {
    audit(LLAMA, PLAIN, "--suite", suite("facts"), "--suite", suite("values"));
    JsonNode capabilities = json().get("capabilities");
    assertThat(capabilities).hasSize(3);
    for (JsonNode capability : capabilities) {
      assertThat(capability.fieldNames())
          .toIterable()
          .contains(
              "suite",
              "capability",
              "tuned",
              "metric",
              "n",
              "base",
              "tunedScore",
              "delta",
              "ci90",
              "pMidMcNemar",
              "lost",
              "gained",
              "margin",
              "verdict");
      assertThat(capability.get("tuned").textValue()).isEqualTo("plain");
      assertThat(capability.get("n").intValue()).isEqualTo(ITEMS);
      int change = capability.get("gained").intValue() - capability.get("lost").intValue();
      assertThat(capability.get("delta").doubleValue()).isEqualTo(change / (double) ITEMS);
      assertThat(capability.at("/ci90/0").doubleValue())
          .isLessThanOrEqualTo(capability.get("delta").doubleValue());
      assertThat(capability.at("/ci90/1").doubleValue())
          .isGreaterThanOrEqualTo(capability.get("delta").doubleValue());
    }
    assertThat(report.resolve("report.html")).isNotEmptyFile();
    assertThat(report.resolve("gates.junit.xml")).isNotEmptyFile();
    assertThat(Files.readAllLines(report.resolve("items.jsonl"))).hasSize(3 * ITEMS);
  }

  @Test
  void anAdapterWithItsOwnTemplateIsAskedThroughItUnlessToldOtherwise() throws IOException {
    Path own = copy(PLAIN, "own");
    Files.writeString(
        own.resolve("chat_template.jinja"),
        "{% for m in messages %}<<{{ m.content }}>>{% endfor %}");
    audit(LLAMA, own);
    assertThat(out.toString()).contains("Note: own is asked through its own chat template");
    assertThat(json().at("/tuned/0/notes/0").textValue())
        .startsWith("own is asked through its own");
    assertThat(json().at("/limits/0").textValue()).startsWith("own is asked through its own");
    assertThat(firstItem().at("/tunedOutcome/prompt").textValue()).startsWith("<<Write about");
    audit(LLAMA, own, "--template", "base");
    assertThat(json().at("/audit/template").textValue()).isEqualTo("base");
    assertThat(firstItem().at("/tunedOutcome/prompt").isTextual()).isFalse();
  }

  @Test
  void aTunedFolderWithoutATemplateIsSaidToBeAskedInPlainTextInEveryReport() throws IOException {
    Path bare = copy(LLAMA, "bare");
    Path config = bare.resolve("tokenizer_config.json");
    Files.writeString(
        config, Files.readString(config).replace("\"chat_template\"", "\"no_chat_template\""));
    audit(LLAMA, bare);
    String said =
        "bare has no chat template and is asked in plain text, and the base through its own";
    assertThat(out.toString()).contains("Note: " + said);
    assertThat(json().at("/tuned/0/notes/0").textValue()).startsWith(said);
    assertThat(json().at("/limits/0").textValue()).startsWith(said);
    assertThat(Files.readString(report.resolve("report.html"))).contains(said);
    assertThat(firstItem().at("/tunedOutcome/prompt").textValue()).startsWith("Write about");
    audit(LLAMA, bare, "--template", "base");
    assertThat(json().at("/tuned/0/notes/0").textValue())
        .startsWith("bare has no chat template and is asked through the base's");
    assertThat(firstItem().at("/tunedOutcome/prompt").isTextual()).isFalse();
  }

  @Test
  void anInterruptedRunSaysSoAndGoesOnByTheSameCommand() throws Exception {
    new TinySuites(folder.resolve("suites")).library(4 * ITEMS); // four batches of each arm
    for (String signal : List.of("-INT", "-KILL")) {
      Process process = start();
      awaitLine(process, "Running deeds on llama");
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
      String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isEqualTo(signal.equals("-INT") ? 130 : 137);
      if (signal.equals("-INT")) {
        assertThat(said.strip())
            .isEqualTo("Interrupted; what ran is kept, and the same command goes on with it.");
      }
    }
    assertThat(audit(LLAMA, PLAIN)).isIn(ExitCode.PASS, ExitCode.INCONCLUSIVE);
    assertThat(out.toString()).contains("Going on with an interrupted run: ");
    assertThat(audit(LLAMA, PLAIN)).isIn(ExitCode.PASS, ExitCode.INCONCLUSIVE);
    assertThat(out.toString()).contains("This plan has run before; its outcomes are used again.");
  }

  private int audit(Path base, Path tuned, String... more) {
    return run(arguments(base, tuned, more));
  }

  private String[] arguments(Path base, Path tuned, String... more) {
    List<String> arguments = new ArrayList<>(List.of("audit", "--base", base.toString()));
    arguments.addAll(List.of("--tuned", tuned.toString(), "--suite", suite("deeds")));
    arguments.addAll(List.of("--out", report.toString()));
    arguments.addAll(Arrays.asList(more));
    return arguments.toArray(String[]::new);
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }

  private Process start() throws IOException {
    // A shell starts its background jobs, and all they start, deaf to interruptions.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments(LLAMA, PLAIN)));
    return new ProcessBuilder(command).start();
  }

  private static void awaitLine(Process process, String wanted) throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (line != null && !line.contains(wanted)) {
      line = lines.readLine();
    }
    assertThat(line).as("the line of progress").isNotNull();
  }

  private String oneSentence() {
    assertThat(err.toString().strip().lines()).hasSize(1);
    return err.toString().strip();
  }

  private String suite(String id) {
    return folder.resolve("suites").resolve(id).toString();
  }

  private String policy(String suite, double maxDrop) throws IOException {
    String text = "version: 1\ngates: [{suite: %s, maxDrop: %s}]\n".formatted(suite, maxDrop);
    return Files.writeString(folder.resolve("policy.yaml"), text).toString();
  }

  private JsonNode json() throws IOException {
    return Json.mapper().readTree(report.resolve("report.json").toFile());
  }

  private JsonNode firstItem() throws IOException {
    return Json.mapper().readTree(Files.readAllLines(report.resolve("items.jsonl")).get(0));
  }

  /** The model with weights so large that its arithmetic overflows. */
  private Path overflowing() throws IOException {
    Path broken = copy(LLAMA, "broken");
    Path weights = broken.resolve("model.safetensors");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(weights)).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 8 + (int) bytes.getLong(0); at + 4 <= bytes.limit(); at += 4) {
      bytes.putFloat(at, at % 3 == 0 ? 0x1p50f : -0x1p50f);
    }
    Files.write(weights, bytes.array());
    return broken;
  }

  private Path copy(Path source, String name) throws IOException {
    Path target = Files.createDirectories(folder.resolve(name));
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    return target;
  }
}
