package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
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

/** The command compare. */
@Tag("slow")
final class CompareCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void twoAuditsOfOneFolderAreComparedInWordsAndAsJson() throws Exception {
    String[] audits = twoAudits();
    String left = audits[0] + ":plain";

    assertThat(compare("--data", data(), left, audits[1])).as(err.toString()).isZero();
    assertThat(said())
        .contains("LEFT   plain of audit " + audits[0] + " (first), against llama")
        .containsPattern("facts +\\d+ ")
        .contains("What else differs:", "Seed of the draw: 1, 2");

    assertThat(compare("--data", data(), "--json", left, audits[1])).isZero();
    JsonNode json = Json.mapper().readTree(said());
    assertThat(json.at("/left/arm").textValue()).isEqualTo("plain");
    JsonNode facts = json.at("/suites/0");
    assertThat(facts.at("/change/delta").doubleValue()).isZero();
    assertThat(facts.at("/change/interval/low").doubleValue()).isNegative();
    assertThat(facts.at("/standing").textValue()).isEqualTo("NOT_TOLD_APART");
    assertThat(json.toString()).doesNotContain(folder.toString(), TinyAudit.BASE.toString());
  }

  @Test
  void whatIsNotThereIsSaidWithWhatThereIs() throws Exception {
    String[] audits = twoAudits();
    assertThat(compare("--data", data(), "nowhere", audits[1])).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("There is no audit nowhere in this folder;");
    assertThat(compare("--data", data(), audits[0] + ":other", audits[1]))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("has no checkpoint other; it has llama, plain.");
  }

  @Test
  void aFolderWithoutAuditsIsNotMadeOne() {
    assertThat(compare("--data", data(), "abc", "def")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("holds no audits (no palimpsest.mv.db)");
    assertThat(data()).doesNotExist();
  }

  private String[] twoAudits() throws InterruptedException {
    SuiteLibrary library = new TinySuites(folder.resolve("suites")).library(8);
    try (Database database = Database.open(data());
        AuditService audits = AuditService.open(database, library, LocalRunner::open)) {
      String first = audits.start(TinyAudit.plan(library, "first", 1, TinyAudit.ADAPTER)).id();
      String second = audits.start(TinyAudit.plan(library, "second", 2, TinyAudit.ADAPTER)).id();
      TinyAudit.awaitEnd(audits, first);
      TinyAudit.awaitEnd(audits, second);
      return new String[] {first, second};
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** Returns what was said since the last time. */
  private String said() {
    String said = out.toString();
    out.getBuffer().setLength(0);
    return said;
  }

  private int compare(Object... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(
        Stream.concat(Stream.of("compare"), Stream.of(arguments))
            .map(String::valueOf)
            .toArray(String[]::new));
  }
}
