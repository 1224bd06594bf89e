package dev.palimpsest.cli;

import dev.palimpsest.audit.run.AuditService;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.evidence.Dossier;
import dev.palimpsest.evidence.EvidenceException;
import dev.palimpsest.evidence.bundle.Exports;
import dev.palimpsest.evidence.format.ModelCardExport;
import dev.palimpsest.evidence.publication.MlflowRegistry;
import dev.palimpsest.evidence.publication.Publication;
import dev.palimpsest.report.export.ReportFiles;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code palimpsest publish}: a decision told where the model lives. */
@Command(
    name = "publish",
    description = {
      "Tells the verdict and the decision on a checkpoint where its model lives: as tags and alias of its"
          + " version in an MLflow registry, or as a section of its model card.",
      "Who the command is for MLflow stands in MLFLOW_TRACKING_TOKEN, or in MLFLOW_TRACKING_USERNAME and"
          + " MLFLOW_TRACKING_PASSWORD."
    },
    mixinStandardHelpOptions = true)
final class PublishCommand implements Callable<Integer> {
  @Parameters(paramLabel = "AUDIT", description = "The audit's id, as in report.json.")
  private String audit;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Which of the audit's tuned checkpoints; needed where there are several.")
  private String checkpoint;

  @Option(
      names = "--mlflow",
      paramLabel = "URL",
      description = "The MLflow server, http://127.0.0.1:5000 say.")
  private String mlflow;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description =
          "The registered model; where it is left out, the version is found by its files.")
  private String model;

  @Option(names = "--version", paramLabel = "N", description = "The version of --model.")
  private String version;

  @Option(
      names = "--alias",
      paramLabel = "ALIAS",
      description = "Stands for the version while it is approved; taken off it when it is not.")
  private String alias;

  @Option(
      names = "--card",
      paramLabel = "FILE",
      description = "A model card, README.md say; all but Palimpsest's own section stays as it is.")
  private Path card;

  @Mixin private InstalledData installation;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    requireSense();
    PrintWriter out = spec.commandLine().getOut();
    try (Database database = installation.open();
        AuditService audits =
            AuditService.openForOwn(
                database,
                SuiteLibrary.bundled(),
                any -> {
                  throw new EvidenceException("To publish runs no model.");
                })) {
      Dossier dossier = new Exports(database, audits, installation.keys(database)).dossier(audit);
      Publication publication =
          Publication.of(dossier, checkpoint, LocalDate.now(Clock.systemUTC()));
      if (mlflow != null) {
        publication
            .tell(
                MlflowRegistry.at(mlflow, System.getenv()),
                Optional.ofNullable(model),
                Optional.ofNullable(version),
                Optional.ofNullable(alias),
                PublishCommand::digest)
            .forEach(out::println);
      }
      if (card != null) {
        write(publication.inCard(read(), ModelCardExport.section(dossier, publication.tuned())));
        out.println("The model card is written: " + card);
      }
    }
    return ExitCode.PASS;
  }

  private void requireSense() {
    if (mlflow == null && card == null) {
      throw new ParameterException(
          spec.commandLine(), "Say where to publish: --mlflow URL, --card FILE, or both.");
    }
    if (version != null && model == null) {
      throw new ParameterException(
          spec.commandLine(), "--version is one of a model; name it with --model.");
    }
  }

  private static Optional<String> digest(Path path) {
    try {
      return Optional.of(Manifest.ofCheckpoint(path, (done, total) -> {}).root());
    } catch (CheckpointException noCheckpoint) {
      return Optional.empty();
    }
  }

  private String read() {
    try {
      return Files.exists(card) ? Files.readString(card) : "";
    } catch (IOException e) {
      throw new EvidenceException(
          "The model card " + card + " cannot be read as UTF-8 text; check the file.", e);
    }
  }

  private void write(String text) {
    try {
      ReportFiles.replace(card.toAbsolutePath(), text);
    } catch (IOException e) {
      throw new EvidenceException(
          "The model card " + card + " cannot be written; check permissions and the disk.", e);
    }
  }
}
