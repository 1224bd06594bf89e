package dev.palimpsest.report.export;

import dev.palimpsest.report.model.SampleAudit;
import java.nio.file.Path;

/** Writes the sample report for looking at it: the folder is the first argument. */
final class RenderSample {
  private RenderSample() {}

  public static void main(String[] arguments) {
    ReportFiles.write(Path.of(arguments[0]), SampleAudit.tour().report());
  }
}
