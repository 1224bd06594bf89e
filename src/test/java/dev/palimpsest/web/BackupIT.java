package dev.palimpsest.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of a served installation while an audit runs in it, by commands and real processes. */
final class BackupIT {
  @TempDir private Path folder;

  @Test
  void anAuditGoesOnFromABackupAndItsReportIsTheSame() throws Exception {
    Path models = AuditByApi.models(folder.resolve("models"));
    Path backup = folder.resolve("backup.zip");
    String audit;
    String items;
    JsonNode report;
    try (ServedApp app = serve("data", models)) {
      AuditByApi program = new AuditByApi(app);
      audit = program.start(models, "standard", "knowledge");
      program.await(audit, job -> job.path("done").asInt() > 0);
      assertThat(command("backup", "--data", folder.resolve("data"), "--out", backup)).isZero();
      assertThat(program.job(audit).path("state").textValue()).isEqualTo("RUNNING");
      program.awaitEnd(audit);
      items = items(app, audit);
      report = report(app, audit);
    }
    Path restored = folder.resolve("restored");
    assertThat(command("restore", backup, "--data", restored)).isZero();
    assertThat(command("log", "verify", "--data", restored)).isZero();
    try (ServedApp app = serve("restored", models)) {
      new AuditByApi(app).awaitEnd(audit);
      assertThat(items(app, audit)).isEqualTo(items);
      assertThat(report(app, audit)).isEqualTo(report);
    }
  }

  private static String items(ServedApp app, String audit) {
    return app.get("/api/v1/audits/" + audit + "/items.jsonl").body();
  }

  /** Leaves out when it ended and how long it took, which differ between two ends. */
  private static JsonNode report(ServedApp app, String audit) throws IOException {
    JsonNode report = app.json("/api/v1/audits/" + audit + "/report.json");
    ((ObjectNode) report.path("audit")).remove("finishedAt");
    ((ObjectNode) report.path("provenance")).remove(List.of("finished", "seconds"));
    return report;
  }

  private ServedApp serve(String data, Path models) throws IOException {
    return ServedApp.over(
        folder.resolve(data), folder.resolve(data + ".log"), "--root", models.toString());
  }

  private static int command(Object... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.palimpsest.cli.Main"));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
