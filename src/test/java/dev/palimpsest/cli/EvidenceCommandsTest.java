package dev.palimpsest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.audit.plan.TinySuites;
import dev.palimpsest.audit.run.AuditService;
import dev.palimpsest.audit.run.TinyAudit;
import dev.palimpsest.decoder.local.LocalRunner;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands export, verify, keys and log, on an audit that really ran. */
@Tag("slow")
final class EvidenceCommandsTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void an_audit_is_exported_verified_and_found_on_the_ledger() throws Exception {
    String audit = signedAudit();
    Path bundle = folder.resolve("bundle.zip");

    assertThat(run("keys", "list", "--data", data())).isZero();
    assertThat(said()).contains("There is no key yet");
    assertThat(run("export", audit, "--data", data(), "--out", bundle)).as(err()).isZero();
    assertThat(said()).contains("Bundle: " + bundle);
    assertThat(run("verify", bundle)).as(err()).isZero();
    assertThat(said())
        .contains("files     signed of 2 checkpoints")
        .contains("decision  APPROVED of ", " by Ada Byron (typed name, UNAUTHENTICATED)")
        .contains("This key came with the bundle");

    Path old = Files.writeString(folder.resolve("old.pem"), pem());
    assertThat(run("keys", "rotate", "--data", data())).isZero();
    assertThat(said())
        .contains(" signs from now on.\n")
        .endsWith(" signs checkpoints from now on.\n");
    Path second = folder.resolve("second.zip");
    assertThat(run("export", audit, "--data", data(), "--out", second)).isZero();
    said();
    assertThat(run("verify", bundle, "--keys", old)).isZero();
    assertThat(said()).doesNotContain("came with the bundle");
    assertThat(run("verify", second, "--keys", old)).isEqualTo(ExitCode.INTEGRITY);
    assertThat(err()).contains("is not signed by any of the keys");
    Path both = Files.writeString(folder.resolve("both.pem"), pem());
    assertThat(run("verify", second, "--keys", both)).isZero();
    said();

    assertThat(run("log", "verify", "--data", data(), "--against", bundle, "--against", second))
        .as(err())
        .isZero();
    assertThat(said()).contains("The ledger holds: 10 rows, 4 signed heads");
    assertThat(run("log", "print", "--data", data())).isZero();
    assertThat(said().lines().map(line -> line.replaceAll(".*\"action\":\"([^\"]*)\".*", "$1")))
        .containsExactly(
            "audit.planned",
            "audit.started",
            "audit.finished",
            "report.signed",
            "key.made",
            "key.made",
            "report.exported",
            "key.made",
            "key.made",
            "report.exported");

    cutOffTheTail();
    assertThat(run("log", "verify", "--data", data())).as(err()).isZero();
    assertThat(run("log", "verify", "--data", data(), "--against", second))
        .isEqualTo(ExitCode.INTEGRITY);
    assertThat(err()).contains("row 10 of the ledger had the hash");
  }

  @Test
  void what_cannot_be_exported_or_verified_is_said() throws IOException {
    assertThat(run("export", "abc", "--data", data(), "--out", folder.resolve("x.zip")))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("holds no audits (no palimpsest.mv.db)");
    Database.open(data()).close();
    assertThat(run("export", "abc", "--data", data(), "--out", folder.resolve("x.zip")))
        .isEqualTo(ExitCode.INCOMPLETE);
    assertThat(err()).contains("There is no audit abc");
    assertThat(folder.resolve("x.zip")).doesNotExist();
    assertThat(run("verify", folder.resolve("x.zip"))).isEqualTo(ExitCode.USAGE);
    Path text = Files.writeString(folder.resolve("text.zip"), "text");
    assertThat(run("verify", text)).isEqualTo(ExitCode.INTEGRITY);
    assertThat(err()).contains("is no bundle");
  }

  private String signedAudit() throws InterruptedException {
    SuiteLibrary library = new TinySuites(folder.resolve("suites")).library(8);
    try (Database database = Database.open(data());
        AuditService audits = AuditService.open(database, library, LocalRunner::open)) {
      String id = audits.start(TinyAudit.plan(library, "signed", 1, TinyAudit.ADAPTER)).id();
      TinyAudit.awaitEnd(audits, id);
      String digest = Report.build(audits, id).digest();
      new SignOffs(database)
          .add(
              new SignOff(
                  id,
                  digest,
                  SignOff.Decision.APPROVED,
                  "Ada Byron",
                  "As expected.",
                  Instant.parse("2026-11-30T12:00:00Z")));
      return id;
    }
  }

  /** Somebody with the rights of the database takes the newest row away, and all that names it. */
  private void cutOffTheTail() {
    try (Database database = Database.open(data())) {
      database.write(
          handle -> {
            handle.execute("delete from ledger_signature where seq = 10");
            handle.execute("delete from ledger where seq = 10");
            handle.execute(
                "update ledger_head set seq = 9, hash = (select hash from ledger where seq = 9)");
          });
    }
  }

  private String pem() {
    assertThat(run("keys", "list", "--pem", "--data", data())).isZero();
    return said();
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

  private String err() {
    return err.toString();
  }

  private int run(Object... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
  }
}
