package dev.palimpsest.cli;

import dev.palimpsest.backup.Restore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palimpsest restore}: an installation made of a backup. */
@Command(
    name = "restore",
    description =
        "Makes a data folder of a backup: every file's digest is checked, then the ledger.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the folder is ready",
      "4:it could not be made",
      "5:the backup does not hold; the first thing wrong is printed"
    },
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A backup.")
  private Path backup;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "NEWDIR",
      description = "The data folder to make; new or empty.")
  private Path data;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter text = spec.commandLine().getOut();
    Restore.Restored restored = Restore.into(backup, data);
    text.println("Restored into " + data + " as of " + restored.contents().madeAt() + ".");
    restored
        .ledger()
        .ifPresentOrElse(
            end -> text.println("The ledger holds: " + end.seq() + " rows."),
            () ->
                text.println(
                    "The rows are on a database server; put them back there: pg_restore --dbname=URL"
                        + " palimpsest.dump"));
    restored.notes().forEach(note -> text.println("Note: " + note));
    text.println("Serve it with: palimpsest serve --data " + data);
    return ExitCode.PASS;
  }
}
