package dev.palimpsest.evidence.format;

import dev.palimpsest.CanonicalJson;
import dev.palimpsest.evidence.Dossier;
import dev.palimpsest.report.model.ReportData;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A checkpoint's scores as Every Eval Ever 0.3.0 keeps them (evaleval/every_eval_ever,
 * eval.schema.json): one file per tuned checkpoint, the comparison with the base in the details.
 */
public final class EveryEvalEverExport {
  private static final String VERSION = "0.3.0";

  private final Dossier dossier;
  private final ReportData.TunedCheckpoint tuned;

  private EveryEvalEverExport(Dossier dossier, ReportData.TunedCheckpoint tuned) {
    this.dossier = dossier;
    this.tuned = tuned;
  }

  /** Returns the file's bytes. */
  public static byte[] of(Dossier dossier, ReportData.TunedCheckpoint tuned) {
    return CanonicalJson.bytes(new EveryEvalEverExport(dossier, tuned).record());
  }

  private Map<String, Object> record() {
    ReportData data = dossier.data();
    String finished = Long.toString(Instant.parse(dossier.finishedAt()).getEpochSecond());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("schema_version", VERSION);
    all.put("evaluation_id", "palimpsest/" + tuned.name() + "/" + finished);
    all.put("evaluation_timestamp", finished);
    all.put("retrieved_timestamp", finished);
    all.put(
        "source_metadata",
        Map.of(
            "source_name",
            "palimpsest",
            "source_type",
            "evaluation_run",
            "source_organization_name",
            "not stated",
            "evaluator_relationship",
            "other"));
    all.put(
        "eval_library",
        Map.of(
            "name",
            "palimpsest",
            "version",
            dossier.version(),
            "additional_details",
            Map.of(
                "plan_sha256",
                data.audit().planDigest(),
                "report_sha256",
                dossier.report().digest(),
                "items",
                data.items().file(),
                "items_sha256",
                data.items().sha256())));
    all.put("model_info", model());
    all.put(
        "evaluation_results", dossier.findings(tuned.name()).stream().map(this::result).toList());
    return all;
  }

  private Map<String, Object> model() {
    ReportData data = dossier.data();
    return Map.of(
        "name",
        tuned.name(),
        "id",
        tuned.name(),
        "inference_engine",
        Map.of("name", data.provenance().getOrDefault("engine", "unknown")),
        "additional_details",
        Map.of(
            "sha256",
            tuned.digest(),
            "deployment_type",
            "self_deployed",
            "model_availability",
            "unknown",
            "kind",
            tuned.kind(),
            "base",
            data.base().name(),
            "base_sha256",
            data.base().digest()));
  }

  private Map<String, Object> result(ReportData.Capability finding) {
    ReportData.SuiteFacts suite = dossier.suite(finding.suite());
    return Map.of(
        "evaluation_name",
        finding.suite(),
        "evaluation_timestamp",
        Long.toString(Instant.parse(dossier.finishedAt()).getEpochSecond()),
        "source_data",
        Map.of(
            "dataset_name",
            finding.suite(),
            "source_type",
            "other",
            "additional_details",
            Map.of("version", suite.version(), "sha256", suite.digest())),
        "metric_config",
        Map.of(
            "evaluation_description",
            "Share of " + finding.n() + " items right, " + finding.metric(),
            "lower_is_better",
            false,
            "score_type",
            "continuous",
            "min_score",
            0,
            "max_score",
            1),
        "score_details",
        Map.of(
            "score",
            finding.tunedScore(),
            "uncertainty",
            Map.of("num_samples", finding.n()),
            "details",
            details(finding)));
  }

  private Map<String, String> details(ReportData.Capability finding) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("base_score", Double.toString(finding.base()));
    all.put("delta", Double.toString(finding.delta()));
    all.put("delta_interval", List.copyOf(finding.ci()).toString());
    all.put("delta_interval_level", Double.toString(dossier.data().audit().level()));
    all.put("delta_interval_method", "Tango, paired");
    all.put("lost", Integer.toString(finding.lost()));
    all.put("gained", Integer.toString(finding.gained()));
    all.put("margin", Double.toString(finding.margin()));
    all.put("verdict", finding.verdict().name());
    return all;
  }
}
