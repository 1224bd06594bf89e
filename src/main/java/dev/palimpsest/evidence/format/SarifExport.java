package dev.palimpsest.evidence.format;

import dev.palimpsest.CanonicalJson;
import dev.palimpsest.Sha256;
import dev.palimpsest.evidence.Dossier;
import dev.palimpsest.report.model.ReportData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * gates.sarif: SARIF 2.1.0, a rule per suite and a result per gate, for what shows the findings of
 * analysers. A result points at the lines of items.jsonl that it is counted from.
 */
public final class SarifExport {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  private final Dossier dossier;

  private SarifExport(Dossier dossier) {
    this.dossier = dossier;
  }

  /** Returns the file's bytes. */
  public static byte[] of(Dossier dossier) {
    return CanonicalJson.bytes(new SarifExport(dossier).log());
  }

  private Map<String, Object> log() {
    ReportData data = dossier.data();
    Map<String, Object> driver =
        Map.of(
            "name",
            "palimpsest",
            "version",
            dossier.version(),
            "rules",
            data.suites().stream().map(SarifExport::rule).toList());
    Map<String, Object> items =
        Map.of(
            "location",
            Map.of("uri", data.items().file()),
            "hashes",
            Map.of("sha-256", data.items().sha256()));
    return Map.of(
        "$schema",
        SCHEMA,
        "version",
        "2.1.0",
        "runs",
        List.of(
            Map.of(
                "tool",
                Map.of("driver", driver),
                "automationDetails",
                Map.of("id", "palimpsest/" + data.audit().id()),
                "artifacts",
                List.of(items),
                "results",
                results())));
  }

  private static Map<String, Object> rule(ReportData.SuiteFacts suite) {
    return Map.of(
        "id",
        "gate/" + suite.suite() + "/maxDrop",
        "shortDescription",
        Map.of(
            "text",
            "The drop in " + suite.capability() + " should be proven smaller than the margin."),
        "defaultConfiguration",
        Map.of("level", "error"),
        "properties",
        Map.of(
            "margin", suite.margin(), "suiteVersion", suite.version(), "sha256", suite.digest()));
  }

  private List<Map<String, Object>> results() {
    List<String> rules =
        dossier.data().suites().stream().map(ReportData.SuiteFacts::suite).toList();
    List<Map<String, Object>> all = new ArrayList<>();
    int line = 1;
    for (ReportData.Capability finding : dossier.data().capabilities()) {
      int lines = finding.n() + finding.notComparable();
      all.add(result(finding, rules.indexOf(finding.suite()), line, lines));
      line += lines;
    }
    return all;
  }

  private Map<String, Object> result(ReportData.Capability finding, int rule, int line, int lines) {
    Gate gate = Gate.of(finding.verdict());
    return Map.of(
        "ruleId",
        Gate.name(finding),
        "ruleIndex",
        rule,
        "kind",
        gate == Gate.FAILED ? "fail" : gate == Gate.WARNED ? "review" : "pass",
        "level",
        gate == Gate.FAILED ? "error" : "none",
        "message",
        Map.of("text", finding.tuned() + ": " + finding.sentence()),
        "locations",
        List.of(
            Map.of(
                "physicalLocation",
                Map.of(
                    "artifactLocation",
                    Map.of("uri", dossier.data().items().file(), "index", 0),
                    "region",
                    Map.of("startLine", line, "endLine", Math.max(line, line + lines - 1))),
                "logicalLocations",
                List.of(Map.of("name", finding.tuned(), "kind", "module")))),
        "partialFingerprints",
        Map.of("palimpsestGate/v1", fingerprint(finding)),
        "properties",
        Map.of("verdict", finding.verdict().name(), "delta", finding.delta(), "ci", finding.ci()));
  }

  /** The same gate on the same pair of checkpoints, whichever run it is. */
  private String fingerprint(ReportData.Capability finding) {
    String tuned =
        dossier.data().tuned().stream()
            .filter(one -> one.name().equals(finding.tuned()))
            .map(ReportData.TunedCheckpoint::digest)
            .findFirst()
            .orElse("");
    return Sha256.hex(dossier.data().base().digest() + "\n" + tuned + "\n" + finding.suite());
  }
}
