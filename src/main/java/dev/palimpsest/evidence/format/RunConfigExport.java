package dev.palimpsest.evidence.format;

import dev.palimpsest.CanonicalJson;
import dev.palimpsest.evidence.Dossier;
import dev.palimpsest.report.model.ReportData;
import java.util.Map;

/** run-config.json: how the audit ran, apart from what it found. */
public final class RunConfigExport {
  private RunConfigExport() {}

  /** Returns the file's bytes. */
  public static byte[] of(Dossier dossier) {
    ReportData data = dossier.data();
    return CanonicalJson.bytes(
        Map.of(
            "audit",
            data.audit(),
            "base",
            data.base(),
            "tuned",
            data.tuned().stream()
                .map(t -> new ReportData.Checkpoint(t.name(), t.kind(), t.digest(), t.baseDigest()))
                .toList(),
            "suites",
            data.suites().stream().map(RunConfigExport::suite).toList(),
            "provenance",
            data.provenance()));
  }

  private static Map<String, Object> suite(ReportData.SuiteFacts suite) {
    return Map.of(
        "suite",
        suite.suite(),
        "version",
        suite.version(),
        "sha256",
        suite.digest(),
        "items",
        suite.items(),
        "margin",
        suite.margin());
  }
}
