package dev.palimpsest.cli;

import dev.palimpsest.report.export.MarkdownSummary;
import dev.palimpsest.report.model.ReportData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The page of the run that a workflow of GitHub Actions writes to. */
final class StepSummary {
  private static final String FILE = "GITHUB_STEP_SUMMARY";

  private final Path file;

  StepSummary(Path file) {
    this.file = file;
  }

  /** Returns the page of this run, if there is one. */
  static Optional<StepSummary> ofThisRun() {
    return Optional.ofNullable(System.getenv(FILE))
        .filter(path -> !path.isBlank())
        .map(path -> new StepSummary(Path.of(path)));
  }

  /** Adds a report's summary to what other steps wrote. */
  void add(ReportData report) {
    try {
      Files.writeString(
          file,
          MarkdownSummary.of(report) + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new OutputException(
          "The summary of the run cannot be added to "
              + file
              + "; check "
              + FILE
              + ", or unset it.",
          e);
    }
  }
}
