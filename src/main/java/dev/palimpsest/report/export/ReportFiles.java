package dev.palimpsest.report.export;

import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.report.ReportException;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.page.HtmlReport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Writes a report's files into a folder, each whole or not at all. */
public final class ReportFiles {
  private ReportFiles() {}

  /**
   * Makes an audit's report and writes report.html, report.json, items.jsonl, gates.junit.xml,
   * summary.md and comment.md.
   *
   * @param dir made where it does not exist; files of these names are replaced
   * @return the report that was written
   */
  public static Report write(Path dir, Audits audits, String auditId) {
    Report report = Report.build(audits, auditId);
    write(dir, report);
    return report;
  }

  /** Writes the files of a report. */
  public static void write(Path dir, Report report) {
    Map<String, Content> files = new LinkedHashMap<>();
    files.put(report.data().items().file(), report::writeItems);
    files.put(JUnitExport.FILE, out -> out.write(JUnitExport.of(report.data())));
    files.put(MarkdownSummary.FILE, out -> write(out, MarkdownSummary.of(report.data())));
    files.put(MarkdownSummary.COMMENT, out -> write(out, MarkdownSummary.comment(report.data())));
    files.put("report.html", out -> out.write(HtmlReport.bytes(report)));
    // Last: who finds a report.json finds the items that it names.
    files.put("report.json", out -> out.write(report.json()));
    try {
      Files.createDirectories(dir);
      for (Map.Entry<String, Content> file : files.entrySet()) {
        replace(dir.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw new ReportException(
          "The report could not be written to "
              + dir
              + " ("
              + e.getMessage()
              + "); check that the folder can be written and the disk has room.",
          e);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts a text in a file's place, whole or not at all. */
  public static void replace(Path target, String text) throws IOException {
    replace(target, out -> write(out, text));
  }

  private static void replace(Path target, Content content) throws IOException {
    Path part = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
        content.write(out);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Writes a file's content. */
  private interface Content {
    void write(OutputStream out) throws IOException;
  }
}
