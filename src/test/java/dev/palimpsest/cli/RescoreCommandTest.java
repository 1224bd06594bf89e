package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.audit.plan.TinySuites;
import dev.palimpsest.audit.run.AuditService;
import dev.palimpsest.audit.run.TinyAudit;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command rescore. */
@Tag("slow")
final class RescoreCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void an_audit_of_an_older_scorer_is_compared_and_then_written() throws InterruptedException {
    String audit = auditWithOneWrongOutcome();
    Object[] asked = {
      "--data",
      data(),
      audit,
      "--suite",
      suite("facts"),
      "--suite",
      suite("deeds"),
      "--suite",
      suite("values")
    };

    assertThat(rescore(asked)).as(err.toString()).isZero();
    assertThat(said())
        .containsPattern("facts  plain  facts-1: (right, now wrong|wrong, now right)\\. .+\\.")
        .contains("1 of 72 outcomes count otherwise; 0 more differ in their reason")
        .contains("Nothing is stored; --write does that.");
    assertThat(rescore(Stream.concat(Stream.of(asked), Stream.of("--write")).toArray())).isZero();
    assertThat(said()).contains("1 of 72 outcomes").contains("Stored.");
    assertThat(rescore(asked)).isZero();
    assertThat(said()).startsWith("0 of 72 outcomes count otherwise; 0 more");

    assertThat(rescore("--data", data(), audit)).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(err.toString()).contains("name the folder that holds it with --suite.");
  }

  @Test
  void a_folder_without_audits_is_not_made_one() {
    assertThat(rescore("--data", data(), "abc")).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString()).contains("holds no audits (no palimpsest.mv.db)");
    assertThat(data()).doesNotExist();
  }

  private String auditWithOneWrongOutcome() throws InterruptedException {
    SuiteLibrary library = new TinySuites(folder.resolve("suites")).library(8);
    try (Database database = Database.open(data())) {
      String id;
      try (AuditService audits = AuditService.open(database, library, LocalRunner::open)) {
        id = audits.start(TinyAudit.plan(library, "old", 1, TinyAudit.ADAPTER)).id();
        TinyAudit.awaitEnd(audits, id);
      }
      database.write(
          handle ->
              handle.execute(
                  "update outcome set score = 1 - score"
                      + " where suite = 'facts' and arm = 'plain' and item_id = 'facts-1'"));
      return id;
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path suite(String id) {
    return folder.resolve("suites").resolve(id);
  }

  /** Returns what was said since the last time. */
  private String said() {
    String said = out.toString();
    out.getBuffer().setLength(0);
    return said;
  }

  private int rescore(Object... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(
        Stream.concat(Stream.of("rescore"), Stream.of(arguments))
            .map(String::valueOf)
            .toArray(String[]::new));
  }
}
