package dev.palimpsest.evidence.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.report.model.Report;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The JSON Schema of report.json as it is published: the program's own, but open to fields that it
 * does not name, as later versions add some.
 */
public final class ReportSchema {
  private ReportSchema() {}

  /** Returns the schema's bytes. */
  public static byte[] bytes() {
    try (InputStream own = Report.class.getResourceAsStream("report-1.schema.json")) {
      JsonNode schema = Json.mapper().readTree(own);
      open(schema);
      String text = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(schema);
      return (text.replace("\r\n", "\n") + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void open(JsonNode node) {
    if (node instanceof ObjectNode object && object.path("additionalProperties").isBoolean()) {
      object.remove("additionalProperties");
    }
    node.forEach(ReportSchema::open);
  }
}
