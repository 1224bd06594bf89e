package dev.palimpsest.checkpoint.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.checkpoint.Adapter;
import dev.palimpsest.checkpoint.Checkpoint;
import dev.palimpsest.checkpoint.CheckpointException;
import dev.palimpsest.checkpoint.CheckpointKind;
import dev.palimpsest.checkpoint.Inspection;
import dev.palimpsest.checkpoint.Inspection.Finding;
import dev.palimpsest.checkpoint.Inspection.Severity;
import dev.palimpsest.checkpoint.WeightsHead;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges checkpoints by their inspection, and adapters by whether they fit their base as well. */
public final class InspectionCheck implements CheckpointCheck {
  @Override
  public Outcome check(Path location, Optional<Path> base) {
    Inspection inspection = Inspection.of(location);
    boolean adapter = inspection.kind() == CheckpointKind.ADAPTER;
    List<Finding> findings = new ArrayList<>(inspection.findings());
    if (adapter && base.isPresent() && !inspection.isRefused()) {
      misfit(location, base.get()).ifPresent(misfit -> findings.add(0, misfit));
    }
    Optional<String> problem =
        findings.stream()
            .filter(finding -> finding.severity() == Severity.ERROR)
            .findFirst()
            .map(finding -> finding.file() + ": " + finding.sentence());
    if (problem.isEmpty() && inspection.digest().isEmpty()) {
      problem = Optional.of("Its files could not be digested; check that they can be read.");
    }
    return new Outcome(
        inspection.digest().orElse(""),
        inspection.size(),
        adapter,
        json(inspection, findings),
        problem);
  }

  @Override
  public long checkHead(String name, long length, byte[] head) {
    return WeightsHead.check(name, length, head);
  }

  private static Optional<Finding> misfit(Path location, Path base) {
    try (Checkpoint checkpoint = Checkpoint.open(base);
        Adapter adapter = Adapter.open(location)) {
      adapter.checkAgainst(checkpoint);
      return Optional.empty();
    } catch (CheckpointException misfit) {
      return Optional.of(
          new Finding(
              Severity.ERROR,
              misfit.file(),
              misfit.getMessage().substring(misfit.file().length() + 2)));
    }
  }

  private static String json(Inspection inspection, List<Finding> findings) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("format", format(inspection.kind()));
    json.put("family", inspection.family().toLowerCase(Locale.ROOT));
    json.put("parameters", inspection.parameters());
    json.put(
        "weights",
        inspection.storedTypes().keySet().stream()
            .map(Object::toString)
            .collect(Collectors.joining(", ")));
    ArrayNode list = json.putArray("findings");
    for (Finding finding : findings) {
      list.addObject()
          .put("severity", finding.severity().name())
          .put("file", finding.file())
          .put("message", finding.sentence());
    }
    return json.toString();
  }

  private static String format(CheckpointKind kind) {
    return switch (kind) {
      case HUGGING_FACE -> "Hugging Face folder, safetensors";
      case GGUF -> "GGUF file";
      case ADAPTER -> "PEFT adapter, safetensors";
    };
  }
}
