package dev.palimpsest.evidence.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.palimpsest.audit.Points;
import dev.palimpsest.evidence.Dossier;
import dev.palimpsest.evidence.EvidenceException;
import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.ReportData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a checkpoint's page on Hugging Face says of the audit: the metadata ("model-index", for the
 * front matter of README.md) and a section for its text.
 */
public final class ModelCardExport {
  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build());

  private final Dossier dossier;
  private final ReportData.TunedCheckpoint tuned;

  private ModelCardExport(Dossier dossier, ReportData.TunedCheckpoint tuned) {
    this.dossier = dossier;
    this.tuned = tuned;
  }

  /** Returns the model-index as YAML. */
  public static byte[] index(Dossier dossier, ReportData.TunedCheckpoint tuned) {
    try {
      return YAML.writeValueAsBytes(new ModelCardExport(dossier, tuned).index());
    } catch (JsonProcessingException e) {
      throw new EvidenceException("The model-index cannot be written.", e);
    }
  }

  /** Returns the section as Markdown. */
  public static byte[] section(Dossier dossier, ReportData.TunedCheckpoint tuned) {
    return new ModelCardExport(dossier, tuned).section().getBytes(StandardCharsets.UTF_8);
  }

  private Map<String, Object> index() {
    List<Object> results = new ArrayList<>();
    dossier.findings(tuned.name()).forEach(finding -> results.add(result(finding)));
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", tuned.name());
    model.put("results", results);
    return Map.of("model-index", List.of(model));
  }

  private Map<String, Object> result(ReportData.Capability finding) {
    ReportData.SuiteFacts suite = dossier.suite(finding.suite());
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("type", "palimpsest/" + finding.suite());
    dataset.put("name", finding.suite());
    dataset.put("revision", suite.version());
    // A source would need an address that anybody can open, so that the report is named here.
    dataset.put(
        "args", ordered("sha256", suite.digest(), "report_sha256", dossier.report().digest()));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("task", ordered("type", "text-generation", "name", finding.capability()));
    all.put("dataset", dataset);
    all.put(
        "metrics",
        List.of(
            metric(finding.metric(), finding.metric(), finding.tunedScore()),
            metric(finding.metric(), finding.metric() + " of the base", finding.base()),
            metric("delta", finding.metric() + " change from the base", finding.delta())));
    return all;
  }

  private static Map<String, Object> metric(String type, String name, double value) {
    Map<String, Object> metric = new LinkedHashMap<>();
    metric.put("type", type);
    metric.put("value", value);
    metric.put("name", name);
    return metric;
  }

  private static Map<String, String> ordered(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private String section() {
    ReportData data = dossier.data();
    StringBuilder text = new StringBuilder();
    text.append("## What fine-tuning changed\n\n");
    text.append(plain(tuned.sentence())).append("\n\n");
    text.append("| suite | items | base | this model | change [interval] | verdict |\n");
    text.append("|---|---|---|---|---|---|\n");
    dossier.findings(tuned.name()).forEach(finding -> text.append(row(finding)));
    text.append("\nAudited against ").append(plain(data.base().name()));
    text.append(" (sha256 `")
        .append(data.base().digest())
        .append("`) on the same items, in pairs; ");
    text.append(String.format(Locale.ROOT, "intervals at %.0f%%. ", 100 * data.audit().level()));
    text.append("This model is sha256 `").append(tuned.digest()).append("`, the report sha256 `");
    text.append(dossier.report().digest()).append("`.\n");
    return text.toString();
  }

  private static String row(ReportData.Capability finding) {
    return "| "
        + plain(finding.suite())
        + " | "
        + finding.n()
        + " | "
        + Points.percent(finding.base())
        + " | "
        + Points.percent(finding.tunedScore())
        + " | "
        + Points.signed(finding.delta())
        + " ["
        + Points.signed(finding.ci().get(0))
        + ", "
        + Points.signed(finding.ci().get(1))
        + "] points | "
        + finding.verdict().word()
        + " |\n";
  }

  /** Names are other people's: nothing in them is markup here. */
  private static String plain(String text) {
    return SafeText.visible(text)
        .replace("\n", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("([\\\\`*_{}\\[\\]|#])", "\\\\$1");
  }
}
