package dev.palimpsest.cli;

import dev.palimpsest.audit.judge.Judge;
import dev.palimpsest.audit.judge.Judging;
import dev.palimpsest.audit.judge.LocalJudge;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.run.AuditService;
import dev.palimpsest.inference.DType;
import dev.palimpsest.inference.ModelLoader;
import dev.palimpsest.report.export.ReportFiles;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.storage.Database;
import dev.palimpsest.suite.SuiteLibrary;
import dev.palimpsest.training.TrainingFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code palimpsest judge}: a judge over the stored answers of an audit that has run. */
@Command(
    name = "judge",
    description = {
      "Lets a checkpoint grade the free answers of an audit that has run, blind to who gave them;"
          + " nothing is run again.",
      "The judge is measured on labelled answers first. A signed report stays as it was signed."
    },
    mixinStandardHelpOptions = true)
final class JudgeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "AUDIT", description = "The audit's id, as in report.json.")
  private String audit;

  @Option(
      names = "--judge",
      required = true,
      paramLabel = "PATH",
      description = "The judge: a model folder or a GGUF file.")
  private Path judge;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      description =
          "The training file that the audit was run with, for the answers in its context.")
  private Path train;

  @Option(
      names = "--dtype",
      defaultValue = "float32",
      paramLabel = "float32|bfloat16",
      converter = DTypeConverter.class,
      description = "Arithmetic of the judge (default: float32).")
  private DType dtype;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the report is written anew (default: nowhere).")
  private Path out;

  @Mixin private InstalledData installed;

  @Mixin private InferenceOptions inference;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter text = spec.commandLine().getOut();
    ChosenSuites asked = ChosenSuites.of(List.of()).withFreeAnswers();
    SuiteLibrary library =
        (train == null ? asked : asked.cued(TrainingFile.at(train), text)).library();
    ModelLoader loader = inference.loader();
    try (Database database = installed.open();
        AuditService audits = AuditService.openForOwn(database, library, loader)) {
      Audit found =
          audits
              .find(audit)
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(),
                          "There is no audit " + audit + " in " + installed.place() + "."));
      judge(audits, found, new Judging(database, library), loader, text);
      Report report =
          out == null
              ? Report.build(audits, audit)
              : ReportFiles.write(OutputFolder.prepare(out).path(), audits, audit);
      new AnswerLines(text).print(report.data());
    }
    return ExitCode.PASS;
  }

  private void judge(
      AuditService audits, Audit found, Judging judging, ModelLoader loader, PrintWriter text) {
    Consumer<String> progress =
        line -> {
          text.println(line);
          text.flush();
        };
    try (Judge asked = LocalJudge.of(judge, dtype, loader, progress)) {
      judging.judge(found, (suite, arm) -> audits.items(audit, suite, arm), asked, progress);
    }
  }
}
