package dev.palimpsest.audit.plan;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.CanonicalJson;
import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.audit.AuditException;
import dev.palimpsest.inference.DType;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Plans as JSON, and the digest that freezes them.
 *
 * <p>The digest is the sha256 of the plan's canonical JSON (RFC 8785). Where a checkpoint lies is
 * left out of it: its own digest says what runs, wherever it lies.
 */
public final class PlanJson {
  private static final ObjectMapper MAPPER = Json.mapper().copy().registerModule(module());

  private PlanJson() {}

  /** Returns the plan as JSON, locations included. */
  public static String write(AuditPlan plan) {
    return MAPPER.valueToTree(plan).toString();
  }

  /** Reads what {@link #write} wrote. */
  public static AuditPlan read(String json) {
    try {
      return MAPPER.readValue(json, AuditPlan.class);
    } catch (JsonProcessingException e) {
      throw new AuditException(
          "A stored audit plan cannot be read; it was written by another version of palimpsest.",
          e);
    }
  }

  /** Returns the canonical JSON (RFC 8785) that is hashed: everything but where files lie. */
  public static String canonical(AuditPlan plan) {
    ObjectNode tree = MAPPER.valueToTree(plan);
    withoutLocation(tree.get("base"));
    tree.get("tuned").forEach(PlanJson::withoutLocation);
    // Numbers of RFC 8785 are doubles; a seed has 64 bits.
    tree.put("seed", Long.toString(plan.seed()));
    return CanonicalJson.text(tree);
  }

  /** Returns the plan's digest, lower-case hex. */
  public static String digest(AuditPlan plan) {
    return Sha256.hex(canonical(plan));
  }

  /**
   * Reads what {@link #canonical} wrote: a plan whose files nobody knows the places of, to count
   * with and not to run.
   *
   * @throws AuditException if it is no plan
   */
  public static AuditPlan readCanonical(String json) {
    try {
      JsonNode tree = Json.mapper().readTree(json);
      withoutPlace(tree.path("base"));
      tree.path("tuned").forEach(PlanJson::withoutPlace);
      return MAPPER.treeToValue(tree, AuditPlan.class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new AuditException("The plan cannot be read by this version of palimpsest.", e);
    }
  }

  private static void withoutPlace(JsonNode arm) {
    if (arm instanceof ObjectNode object) {
      object.put("checkpoint", "");
      object.putNull("adapter");
    }
  }

  private static void withoutLocation(JsonNode arm) {
    ((ObjectNode) arm).remove("checkpoint");
    ((ObjectNode) arm).remove("adapter");
  }

  private static SimpleModule module() {
    SimpleModule module = new SimpleModule();
    module.addSerializer(Path.class, new PathWriter());
    module.addDeserializer(Path.class, new PathReader());
    module.addSerializer(DType.class, new TypeWriter());
    module.addDeserializer(DType.class, new TypeReader());
    return module;
  }

  private static final class PathWriter extends JsonSerializer<Path> {
    @Override
    public void serialize(Path path, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(path.toString());
    }
  }

  private static final class PathReader extends JsonDeserializer<Path> {
    @Override
    public Path deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return Path.of(in.getValueAsString());
    }
  }

  private static final class TypeWriter extends JsonSerializer<DType> {
    @Override
    public void serialize(DType type, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(type.label());
    }
  }

  private static final class TypeReader extends JsonDeserializer<DType> {
    @Override
    public DType deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return DType.of(in.getValueAsString());
    }
  }
}
