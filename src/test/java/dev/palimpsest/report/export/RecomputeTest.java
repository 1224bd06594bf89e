package dev.palimpsest.report.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.SampleAudit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures of a report, recomputed from its items by a script that shares no code with it. */
final class RecomputeTest {
  @Test
  void everyFigureFollowsFromTheItems(@TempDir Path folder) throws Exception {
    write(folder, SampleAudit.clustered().report());

    assertThat(recomputed(folder)).endsWith("figures agree with the items.");
  }

  @Test
  void aFigureThatDoesNotIsNamed(@TempDir Path folder) throws Exception {
    write(folder, SampleAudit.small().report());
    Path report = folder.resolve("report.json");
    Files.writeString(
        report, Files.readString(report).replaceFirst("\"delta\":-0.45", "\"delta\":-0.40"));

    assertThat(recomputed(folder))
        .contains("knowledge/sql-forget scores[2]: -0.45 from the items, -0.4 in the report");
  }

  private static void write(Path folder, Report report) throws IOException {
    Files.write(folder.resolve("report.json"), report.json());
    Files.write(folder.resolve("items.jsonl"), report.items());
  }

  private static String recomputed(Path folder) throws Exception {
    Process python = null;
    try {
      python =
          new ProcessBuilder("python3", "bench/recompute.py", folder.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException absent) {
      assumeTrue(false, "bench/recompute.py needs python3, which is not here");
    }
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    python.waitFor(10, TimeUnit.MINUTES);
    return said.strip();
  }
}
