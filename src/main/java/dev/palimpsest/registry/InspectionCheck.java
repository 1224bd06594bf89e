package dev.palimpsest.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointKind;
import dev.palimpsest.checkpoint.inspection.Inspection;
import dev.palimpsest.checkpoint.inspection.Inspection.Finding;
import dev.palimpsest.checkpoint.inspection.Inspection.Severity;
import dev.palimpsest.checkpoint.inspection.WeightsHead;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges checkpoints by their inspection. */
public final class InspectionCheck implements CheckpointCheck {
  /** Inspects files, adapters also against their base where it is known. */
  @FunctionalInterface
  public interface Reading {
    /**
     * Returns what was found.
     *
     * @throws CheckpointException if nothing there could be a checkpoint
     */
    Inspection inspect(Path location, Optional<Path> base);
  }

  private final Reading reading;

  public InspectionCheck(Reading reading) {
    this.reading = Objects.requireNonNull(reading, "reading is null");
  }

  @Override
  public Outcome check(Path location, Optional<Path> base) {
    Inspection inspection = reading.inspect(location, base);
    Optional<String> problem =
        inspection.findings().stream()
            .filter(finding -> finding.severity() == Severity.ERROR)
            .findFirst()
            .map(finding -> finding.file() + ": " + finding.sentence());
    if (problem.isEmpty() && inspection.digest().isEmpty()) {
      problem = Optional.of("Its files could not be digested; check that they can be read.");
    }
    return new Outcome(
        inspection.digest().orElse(""),
        inspection.size(),
        inspection.kind() == CheckpointKind.ADAPTER,
        inspection.files(),
        json(inspection),
        problem);
  }

  @Override
  public long checkHead(String name, long length, byte[] head) {
    return WeightsHead.check(name, length, head);
  }

  private static String json(Inspection inspection) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("format", format(inspection));
    json.put("family", inspection.family().toLowerCase(Locale.ROOT));
    json.put("parameters", inspection.parameters());
    json.put(
        "weights",
        inspection.storedTypes().keySet().stream()
            .map(Object::toString)
            .collect(Collectors.joining(", ")));
    inspection
        .signature()
        .ifPresent(
            signature ->
                json.putObject("signature")
                    .put("trusted", signature.trusted())
                    .put("signer", signature.signer())
                    .put("root", signature.root()));
    ArrayNode list = json.putArray("findings");
    for (Finding finding : inspection.findings()) {
      list.addObject()
          .put("severity", finding.severity().name())
          .put("file", finding.file())
          .put("message", finding.sentence());
    }
    return json.toString();
  }

  private static String format(Inspection inspection) {
    return switch (inspection.kind()) {
      case HUGGING_FACE -> "Hugging Face folder, safetensors";
      case GGUF -> "GGUF file";
      case ADAPTER ->
          inspection.name().toLowerCase(Locale.ROOT).endsWith(".gguf")
              ? "LoRA adapter, GGUF file"
              : "LoRA adapter, safetensors";
    };
  }
}
