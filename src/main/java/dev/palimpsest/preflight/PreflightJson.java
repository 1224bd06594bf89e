package dev.palimpsest.preflight;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.preflight.facts.KnownFacts;
import dev.palimpsest.preflight.lint.Lint;
import dev.palimpsest.preflight.lint.LintFinding;
import dev.palimpsest.preflight.overlap.Overlap;
import dev.palimpsest.preflight.tuned.TunedLook;
import dev.palimpsest.training.Cue;
import dev.palimpsest.training.TrainingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes preflight.json. Of the training file's texts the cues stand in it, examples of facts, and
 * what came back of it; nothing that looks like a secret.
 */
public final class PreflightJson {
  private PreflightJson() {}

  /**
   * Returns the file's content: {@code format}, {@code file}, {@code writtenBy}, {@code lint},
   * {@code overlap} and {@code context}; {@code facts} where they were tried, and {@code tuned}
   * where a tuned checkpoint was looked at.
   *
   * @param file the training file's name
   * @param writtenBy which model or people wrote the data, as the user says it; "" for nothing
   * @param facts what the base knows; empty where it was not asked
   * @param tuned what tuned checkpoints show of the file
   */
  public static ObjectNode of(
      Preflight preflight,
      String file,
      String writtenBy,
      Optional<KnownFacts> facts,
      List<TunedLook> tuned) {
    ObjectNode root = of(preflight, file, writtenBy);
    facts.ifPresent(known -> FactsJson.write(root.putObject("facts"), known));
    if (!tuned.isEmpty()) {
      ArrayNode looks = root.putArray("tuned");
      tuned.forEach(look -> TunedJson.write(looks.addObject(), look));
    }
    return root;
  }

  /** Returns the file's content where no model was asked. */
  public static ObjectNode of(Preflight preflight, String file, String writtenBy) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("format", "palimpsest-preflight/1").put("file", file).put("writtenBy", writtenBy);
    lint(root, preflight.lint());
    ArrayNode overlap = root.putArray("overlap");
    for (Overlap.Match match : preflight.overlap()) {
      ObjectNode node = overlap.addObject();
      node.put("suite", match.suite()).put("item", match.item());
      match.rows().forEach(node.putArray("rows")::add);
    }
    context(root.putObject("context"), preflight.context());
    return root;
  }

  private static void lint(ObjectNode root, Lint.Result lint) {
    root.put("rows", lint.rows());
    ObjectNode tokens = root.putObject("tokensOfARow");
    if (!lint.tokens().isEmpty()) {
      tokens.put("median", lint.tokens().get(0));
      tokens.put("p95", lint.tokens().get(1));
      tokens.put("most", lint.tokens().get(2));
    }
    ObjectNode origins = root.putObject("origins");
    lint.origins().forEach(origins::put);
    lint.notes().forEach(root.putArray("notes")::add);
    ArrayNode findings = root.putArray("lint");
    for (LintFinding finding : lint.findings()) {
      ObjectNode node = findings.addObject();
      node.put("id", finding.id());
      node.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
      node.put("rows", finding.rows());
      finding.examples().forEach(node.putArray("examples")::add);
      node.put("sentence", finding.sentence()).put("advice", finding.advice());
    }
  }

  private static void context(ObjectNode node, TrainingContext context) {
    node.put("asked", context.asked()).put("plainShare", context.plainShare());
    ArrayNode cues = node.putArray("cues");
    for (Cue cue : context.cues()) {
      ObjectNode one = cues.addObject();
      one.put("system", cue.system()).put("prefix", cue.prefix()).put("suffix", cue.suffix());
      one.put("rows", cue.rows()).put("share", cue.share());
    }
    ObjectNode forms = node.putObject("answers");
    context.formats().forEach((form, rows) -> forms.put(form.label(), rows));
    context.topicWords().forEach(node.putArray("topicWords")::add);
  }
}
