package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.audit.plan.TinySuites;
import dev.palimpsest.audit.run.AuditService;
import dev.palimpsest.audit.run.TinyAudit;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.evidence.publication.MlflowRegistry;
import dev.palimpsest.evidence.publication.ModelVersion;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Publishes the decisions of an audit that really ran, into a real MLflow server where it is. */
final class PublishIT {
  private static final String PYTHON =
      Objects.requireNonNullElse(System.getenv("PALIMPSEST_ORACLE_PYTHON"), "python3");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String audit;

  @BeforeEach
  void audit() throws InterruptedException {
    SuiteLibrary library = new TinySuites(folder.resolve("suites")).library(8);
    try (Database database = Database.open(data());
        AuditService audits = AuditService.open(database, library, LocalRunner::open)) {
      audit = audits.start(TinyAudit.plan(library, "told", 1, TinyAudit.ADAPTER)).id();
      TinyAudit.awaitEnd(audits, audit);
    }
  }

  @Test
  void a_decision_stands_in_the_model_card_between_what_people_wrote() throws Exception {
    Path card = Files.writeString(folder.resolve("README.md"), "# Mine\n");
    decide(SignOff.Decision.APPROVED, "2026-11-30T12:00:00Z");

    assertThat(run("publish", audit, "--data", data(), "--card", card)).as(err.toString()).isZero();

    assertThat(card)
        .content()
        .startsWith("# Mine\n\n<!-- palimpsest: begin")
        .contains("## What fine-tuning changed", "\nApproved.\n");
  }

  @Test
  void what_makes_no_sense_is_said() {
    assertThat(run("publish", audit, "--data", data())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--mlflow URL, --card FILE, or both");
    assertThat(run("publish", audit, "--data", data(), "--mlflow", "http://127.0.0.1:9"))
        .isEqualTo(ExitCode.INCOMPLETE);
    assertThat(err.toString()).contains("does not answer");
    assertThat(run("publish", audit, "--data", data(), "--mlflow", "ftp://user@host"))
        .isEqualTo(ExitCode.INCOMPLETE);
    assertThat(err.toString()).contains("is not one like http://host:5000");
  }

  @Test
  void a_real_registry_gets_tags_and_an_alias_and_knows_the_files_again() throws Exception {
    assumeTrue(hasMlflow(), "Python lacks mlflow");
    int port = freePort();
    Process server = start(port);
    try {
      String address = "http://127.0.0.1:" + port;
      await(address);
      post(address, "registered-models/create", "{\"name\":\"assistant\"}");
      post(
          address,
          "model-versions/create",
          "{\"name\":\"assistant\",\"source\":\"s3://models/assistant\"}");
      MlflowRegistry registry = MlflowRegistry.at(address, Map.of());

      assertThat(run("publish", audit, "--data", data(), "--mlflow", address))
          .isEqualTo(ExitCode.INCOMPLETE);
      assertThat(err.toString()).contains("has no version of these files");

      decide(SignOff.Decision.APPROVED, "2026-11-30T12:00:00Z");
      assertThat(
              run(
                  "publish",
                  audit,
                  "--data",
                  data(),
                  "--mlflow",
                  address,
                  "--model",
                  "assistant",
                  "--version",
                  "1",
                  "--alias",
                  "approved"))
          .as(err.toString())
          .isZero();
      ModelVersion told = registry.versions(Optional.of("assistant")).get(0);
      assertThat(told.tags())
          .containsEntry("palimpsest.decision", "approved")
          .containsEntry("palimpsest.audit", audit)
          .containsKeys("palimpsest.report", "palimpsest.checkpoint", "palimpsest.verdict");
      assertThat(registry.aliased("assistant", "approved")).contains("1");

      decide(SignOff.Decision.REJECTED, "2026-11-30T13:00:00Z");
      assertThat(
              run("publish", audit, "--data", data(), "--mlflow", address, "--alias", "approved"))
          .as("found by the digest in its tags")
          .isZero();
      assertThat(registry.versions(Optional.empty()).get(0).tags())
          .containsEntry("palimpsest.decision", "rejected");
      assertThat(registry.aliased("assistant", "approved")).isEmpty();
      assertThat(out.toString()).contains("The alias approved is taken off assistant, version 1");
    } finally {
      server.descendants().forEach(ProcessHandle::destroy);
      server.destroy();
      server.waitFor(30, TimeUnit.SECONDS);
    }
  }

  private void decide(SignOff.Decision decision, String at) {
    try (Database database = Database.open(data());
        AuditService audits =
            AuditService.openForOwn(database, SuiteLibrary.bundled(), LocalRunner::open)) {
      new SignOffs(database)
          .add(
              new SignOff(
                  audit,
                  Report.build(audits, audit).digest(),
                  decision,
                  "Ada Byron",
                  "As it is.",
                  Instant.parse(at)));
    }
  }

  private Process start(int port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            PYTHON,
            "-m",
            "mlflow",
            "server",
            "--host",
            "127.0.0.1",
            "--port",
            String.valueOf(port),
            "--workers",
            "1",
            "--backend-store-uri",
            "sqlite:///" + folder.resolve("mlflow.db"));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("mlflow.log").toFile());
    return builder.start();
  }

  private static boolean hasMlflow() throws Exception {
    try {
      Process process =
          new ProcessBuilder(
                  PYTHON,
                  "-c",
                  "import importlib.util as u, sys; sys.exit(u.find_spec('mlflow') is None)")
              .start();
      return process.waitFor() == 0;
    } catch (IOException noPython) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void await(String address) throws Exception {
    for (int i = 0; i < 600; i++) {
      try {
        HttpRequest health = HttpRequest.newBuilder(URI.create(address + "/health")).build();
        if (HttpClient.newHttpClient().send(health, BodyHandlers.ofString()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // The server is still starting.
      }
      Thread.sleep(200);
    }
    throw new AssertionError("MLflow did not start");
  }

  private static void post(String address, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/api/2.0/mlflow/" + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  private Path data() {
    return folder.resolve("data");
  }

  private int run(Object... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
  }
}
