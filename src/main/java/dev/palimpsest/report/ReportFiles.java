package dev.palimpsest.report;

import dev.palimpsest.audit.Audits;
import java.io.IOException;
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
   * Makes an audit's report and writes report.html, report.json, items.jsonl and gates.junit.xml.
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
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(ItemsExport.FILE, report.items());
    files.put(JUnitExport.FILE, JUnitExport.of(report.data()));
    files.put("report.html", HtmlReport.bytes(report));
    // Last: who finds a report.json finds the items that it names.
    files.put("report.json", report.json());
    try {
      Files.createDirectories(dir);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
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

  private static void replace(Path target, byte[] content) throws IOException {
    Path part = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      Files.write(part, content);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
