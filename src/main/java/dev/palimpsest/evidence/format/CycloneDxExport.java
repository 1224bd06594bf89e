package dev.palimpsest.evidence.format;

import dev.palimpsest.CanonicalJson;
import dev.palimpsest.account.SignOff;
import dev.palimpsest.decision.Signed;
import dev.palimpsest.evidence.Dossier;
import dev.palimpsest.report.model.ReportData;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * bom.cdx.json: an ML-BOM in CycloneDX 1.7. A component per tuned checkpoint, its base as pedigree,
 * the findings as performance metrics; citations say which fields the program measured and which a
 * reviewer said.
 */
public final class CycloneDxExport {
  private static final String TOOL = "palimpsest";

  private final Dossier dossier;
  private final List<Map<String, Object>> citations = new ArrayList<>();

  private CycloneDxExport(Dossier dossier) {
    this.dossier = dossier;
  }

  /** Returns the file's bytes. */
  public static byte[] of(Dossier dossier) {
    return CanonicalJson.bytes(new CycloneDxExport(dossier).bom());
  }

  private Map<String, Object> bom() {
    Map<String, Object> bom = new LinkedHashMap<>();
    bom.put("$schema", "http://cyclonedx.org/schema/bom-1.7.schema.json");
    bom.put("bomFormat", "CycloneDX");
    bom.put("specVersion", "1.7");
    byte[] name = dossier.report().digest().getBytes(StandardCharsets.US_ASCII);
    bom.put("serialNumber", "urn:uuid:" + UUID.nameUUIDFromBytes(name));
    bom.put("version", 1);
    bom.put("metadata", metadata());
    List<Map<String, Object>> components = new ArrayList<>();
    List<ReportData.TunedCheckpoint> tuned = dossier.data().tuned();
    for (int i = 0; i < tuned.size(); i++) {
      components.add(component(tuned.get(i), i));
    }
    bom.put("components", components);
    if (!dossier.decisions().isEmpty()) {
      bom.put("annotations", annotations());
    }
    bom.put("citations", citations);
    return bom;
  }

  private Map<String, Object> metadata() {
    return Map.of(
        "timestamp",
        dossier.finishedAt(),
        "tools",
        Map.of(
            "components",
            List.of(
                Map.of(
                    "type",
                    "application",
                    "bom-ref",
                    TOOL,
                    "name",
                    TOOL,
                    "version",
                    dossier.version()))));
  }

  private Map<String, Object> component(ReportData.TunedCheckpoint tuned, int index) {
    Map<String, Object> component = new LinkedHashMap<>();
    component.put("type", "machine-learning-model");
    component.put("bom-ref", "tuned-" + (index + 1));
    component.put("name", tuned.name());
    component.put("hashes", hashes(tuned.digest()));
    component.put("pedigree", Map.of("ancestors", List.of(base())));
    component.put("modelCard", card(tuned));
    component.put("properties", properties(tuned));
    citations.add(
        citation(
            List.of(
                "/components/" + index + "/hashes",
                "/components/" + index + "/modelCard/quantitativeAnalysis",
                "/components/" + index + "/modelCard/considerations/technicalLimitations",
                "/components/" + index + "/properties"),
            TOOL,
            dossier.finishedAt(),
            "Measured by the program."));
    citations.add(
        citation(
            List.of("/components/" + index + "/name"),
            TOOL,
            dossier.data().audit().frozenAt(),
            "Taken from whoever planned the audit; the hash says which files were meant."));
    return component;
  }

  private Map<String, Object> base() {
    ReportData.Checkpoint base = dossier.data().base();
    return Map.of(
        "type", "machine-learning-model", "name", base.name(), "hashes", hashes(base.digest()));
  }

  private static List<Map<String, String>> hashes(String digest) {
    return List.of(Map.of("alg", "SHA-256", "content", digest));
  }

  private Map<String, Object> card(ReportData.TunedCheckpoint tuned) {
    List<Map<String, Object>> metrics =
        dossier.findings(tuned.name()).stream().flatMap(f -> metrics(f).stream()).toList();
    return Map.of(
        "modelParameters",
        Map.of("task", "text-generation"),
        "quantitativeAnalysis",
        Map.of("performanceMetrics", metrics),
        "considerations",
        Map.of("technicalLimitations", dossier.data().limits()));
  }

  private static List<Map<String, Object>> metrics(ReportData.Capability finding) {
    return List.of(
        metric(finding, finding.metric(), finding.tunedScore()),
        metric(finding, finding.metric() + " of the base", finding.base()),
        Map.of(
            "type",
            finding.metric() + " change from the base",
            "value",
            text(finding.delta()),
            "slice",
            finding.suite(),
            "confidenceInterval",
            Map.of(
                "lowerBound", text(finding.ci().get(0)), "upperBound", text(finding.ci().get(1)))));
  }

  private static Map<String, Object> metric(
      ReportData.Capability finding, String type, double value) {
    return Map.of("type", type, "value", text(value), "slice", finding.suite());
  }

  /** Values are texts in CycloneDX; without an exponent anybody can read them. */
  private static String text(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private List<Map<String, String>> properties(ReportData.TunedCheckpoint tuned) {
    ReportData data = dossier.data();
    List<Map<String, String>> all = new ArrayList<>();
    all.add(property("palimpsest:audit", data.audit().id()));
    all.add(property("palimpsest:report:sha256", dossier.report().digest()));
    all.add(property("palimpsest:plan:sha256", data.audit().planDigest()));
    all.add(property("palimpsest:kind", tuned.kind()));
    all.add(
        property("palimpsest:digest:rule", "OpenSSF model signing, files in library 1.1 order"));
    all.add(property("palimpsest:verdict", tuned.verdict().name()));
    dossier
        .findings(tuned.name())
        .forEach(f -> all.add(property("palimpsest:verdict:" + f.suite(), f.verdict().name())));
    return all;
  }

  private static Map<String, String> property(String name, String value) {
    return Map.of("name", name, "value", value);
  }

  /** Decisions, as annotations by the person whose name was typed. */
  private List<Map<String, Object>> annotations() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (int i = 0; i < dossier.decisions().size(); i++) {
      SignOff decision = dossier.decisions().get(i);
      String person = "reviewer-" + (i + 1);
      List<String> subjects = new ArrayList<>();
      for (int j = 0; j < dossier.data().tuned().size(); j++) {
        if (decision.isOnArm(dossier.data().tuned().get(j).name())) {
          subjects.add("tuned-" + (j + 1));
        }
      }
      all.add(
          Map.of(
              "subjects",
              subjects,
              "annotator",
              Map.of("individual", Map.of("bom-ref", person, "name", decision.signer())),
              "timestamp",
              decision.signedAt().toString(),
              "text",
              Signed.line(decision)));
      citations.add(
          citation(
              List.of("/annotations/" + i + "/text"),
              person,
              decision.signedAt().toString(),
              decision.isAuthenticated()
                  ? "Said by a reviewer who was signed in and proved it anew at signing."
                  : "Said by a reviewer under a typed name; there was no account behind it."));
    }
    return all;
  }

  private static Map<String, Object> citation(
      List<String> pointers, String by, String time, String note) {
    return Map.of("pointers", pointers, "attributedTo", by, "timestamp", time, "note", note);
  }
}
