package dev.palimpsest.cli;

import dev.palimpsest.backup.Backup;
import dev.palimpsest.backup.Contents;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code palimpsest backup}: an installation in one file. */
@Command(
    name = "backup",
    description = {
      "Writes an installation into one zip, while its server runs or not: the rows as they are at one"
          + " moment, and public keys.",
      "With --database the rows are the server's to back up; the command for that is printed, and the"
          + " folder's files are written."
    },
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description =
          "Where the backup goes; a file that is not there yet, for its owner's eyes only.")
  private Path out;

  @Option(
      names = "--with-keys",
      description =
          "Puts the key that signs in, too: whoever has the backup can sign as this"
              + " installation.")
  private boolean withKeys;

  @Option(
      names = "--with-checkpoints",
      description = "Puts the files of uploaded checkpoints in, too; without it they are named.")
  private boolean withCheckpoints;

  @Mixin private InstallationOptions installation;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter text = spec.commandLine().getOut();
    Contents contents =
        new Backup(installation.folder(), installation.server(), withKeys, withCheckpoints)
            .write(out);
    long bytes = contents.files().stream().mapToLong(Contents.Member::bytes).sum();
    text.printf(
        Locale.ROOT,
        "Backup: %s, %d files, %,d bytes before compression.%n",
        out,
        contents.files().size(),
        bytes);
    contents.ledger().ifPresent(end -> text.println("The ledger ends at row " + end.seq() + "."));
    installation
        .server()
        .ifPresent(
            server ->
                text.println(
                    "The rows are on a database server; back them up there, after this:\n  pg_dump"
                        + " --format=custom --file=palimpsest.dump "
                        + server.forTools()));
    if (!contents.keys()) {
      text.println("The key that signs is not in it (--with-keys).");
    }
    text.println("Put it back with: palimpsest restore " + out + " --data NEWDIR");
    return ExitCode.PASS;
  }
}
