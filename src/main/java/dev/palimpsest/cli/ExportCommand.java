package dev.palimpsest.cli;

import dev.palimpsest.audit.run.AuditService;
import dev.palimpsest.evidence.EvidenceException;
import dev.palimpsest.evidence.bundle.Exports;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palimpsest export}: the evidence of an audit as a bundle. */
@Command(
    name = "export",
    description = {
      "Writes the evidence of a finished audit as one zip: the report in all its forms, the items, the"
          + " plan, signed statements and decisions, and how to check them without this program.",
      "The files of the checkpoints are signed for OpenSSF's model_signing, as far as they are registered"
          + " or still lie where they were audited.",
      "Signed with the installation's keys, or with the one in $PALIMPSEST_KEY_FILE (PKCS#12, PEM, or the"
          + " configuration of a PKCS#11 device; password or PIN in $PALIMPSEST_KEY_PASSWORD)."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "AUDIT", description = "The audit's id, as in report.json.")
  private String audit;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the bundle goes, bundle.zip say.")
  private Path out;

  @Mixin private InstalledData installation;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (Database database = installation.open();
        AuditService audits =
            AuditService.openForOwn(
                database,
                SuiteLibrary.bundled(),
                model -> {
                  throw new EvidenceException("An export runs no model.");
                })) {
      new Exports(database, audits, installation.keys(database)).write(audit, out);
    }
    spec.commandLine().getOut().println("Bundle: " + out);
    spec.commandLine().getOut().println("Check it with: palimpsest verify " + out);
    return ExitCode.PASS;
  }
}
