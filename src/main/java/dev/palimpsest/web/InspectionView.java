package dev.palimpsest.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.Manifest;
import dev.palimpsest.registry.RegisteredCheckpoint;
import dev.palimpsest.registry.RegisteredCheckpoint.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What pages show of an inspection.
 *
 * @param summary family and size in a few words
 * @param facts named facts, digests marked
 * @param findings what was found in which file
 */
record InspectionView(String summary, List<Fact> facts, List<Note> findings) {
  /** A named fact. */
  public record Fact(String name, String value, boolean digest) {}

  /** Something that was found in a file; {@code error} if it speaks against the checkpoint. */
  public record Note(String file, String message, boolean error) {}

  /** Reads the inspection of a checkpoint; empty until it was checked. */
  static InspectionView of(RegisteredCheckpoint checkpoint) {
    List<Fact> facts = new ArrayList<>();
    List<Note> findings = new ArrayList<>();
    JsonNode inspection = read(checkpoint.inspection().orElse("{}"));
    addText(facts, "Format", inspection.path("format"));
    facts.addAll(family(checkpoint.kind(), inspection.path("family").asText("")));
    long parameters = inspection.path("parameters").asLong(0);
    if (parameters > 0) {
      facts.add(new Fact("Parameters", new Show().count(parameters), false));
    }
    addText(facts, "Weights", inspection.path("weights"));
    if (checkpoint.isReady()) {
      facts.add(new Fact("Size", new Show().bytes(checkpoint.bytes()), false));
    }
    checkpoint
        .digest()
        .ifPresent(
            digest -> {
              facts.add(new Fact("Digest", digest, true));
              facts.add(new Fact("Made by", Manifest.RULE, false));
            });
    JsonNode signature = inspection.path("signature");
    if (signature.isObject()) {
      facts.add(new Fact("Signature", signature(signature), false));
    }
    facts.add(new Fact("Where", place(checkpoint), false));
    facts.add(new Fact("Added", new Show().time(checkpoint.createdAt()), false));
    for (JsonNode finding : inspection.path("findings")) {
      findings.add(
          new Note(
              finding.path("file").asText(""),
              finding.path("message").asText(""),
              finding.path("severity").asText("").equals("ERROR")));
    }
    String model = model(checkpoint.kind(), inspection.path("family").asText(""));
    String summary =
        parameters > 0 ? model + ", " + abbreviated(parameters) + " parameters" : model;
    return new InspectionView(summary, facts, findings);
  }

  private static String signature(JsonNode signature) {
    String signer = signature.path("signer").asText("");
    return signature.path("trusted").asBoolean()
        ? "Verified: signed by " + signer
        : "Agrees with the files, and is by " + signer + "; who signed is not proven";
  }

  /** Returns a checkpoint's family, "" until it was checked. */
  static String family(RegisteredCheckpoint checkpoint) {
    return read(checkpoint.inspection().orElse("{}")).path("family").asText("");
  }

  private static List<Fact> family(Kind kind, String family) {
    String name = kind == Kind.ADAPTER ? "Method" : "Family";
    return family.isEmpty() ? List.of() : List.of(new Fact(name, model(kind, family), false));
  }

  /** Returns a family as it is called in configurations, an adapter's method as people call it. */
  private static String model(Kind kind, String family) {
    return kind == Kind.ADAPTER && family.equals("lora") ? "LoRA" : family;
  }

  private static String place(RegisteredCheckpoint checkpoint) {
    return checkpoint.origin() == RegisteredCheckpoint.Origin.UPLOAD
        ? "Uploaded"
        : checkpoint.location().toString();
  }

  private static void addText(List<Fact> facts, String name, JsonNode value) {
    if (value.isTextual() && !value.textValue().isEmpty()) {
      facts.add(new Fact(name, value.textValue(), false));
    }
  }

  private static String abbreviated(long parameters) {
    if (parameters >= 1_000_000_000) {
      return String.format(Locale.ROOT, "%.1f\u00a0B", parameters / 1e9);
    }
    return parameters >= 1_000_000
        ? String.format(Locale.ROOT, "%.0f\u00a0M", parameters / 1e6)
        : String.format(Locale.ROOT, "%.0f\u00a0k", parameters / 1e3);
  }

  private static JsonNode read(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (JsonProcessingException notOurs) {
      throw new IllegalStateException("the registry holds an inspection that is not JSON", notOurs);
    }
  }
}
