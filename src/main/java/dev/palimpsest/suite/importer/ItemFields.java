package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.suite.SuiteException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;

/** Fields of an item that not every version of the format has; the schema says which it knows. */
final class ItemFields {
  private static final List<String> NEEDED = List.of("system", "turns");
  private static final JsonNode KNOWN = known();

  private ItemFields() {}

  private static JsonNode known() {
    try (InputStream stream = SuiteException.class.getResourceAsStream("item-1.schema.json")) {
      return Json.mapper().readTree(stream).get("properties");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes clusters off where they are not known, and items out that mean less without a field. */
  static void fit(Draft draft) {
    for (Iterator<Draft.Entry> each = draft.entries().iterator(); each.hasNext(); ) {
      Draft.Entry entry = each.next();
      ObjectNode node = entry.node();
      if (!KNOWN.has("cluster")) {
        node.remove("cluster");
      }
      if (NEEDED.stream().anyMatch(field -> node.has(field) && !KNOWN.has(field))) {
        each.remove();
        draft.leaveOut(entry.source(), entry.line(), "it needs turns before its question");
      }
    }
  }
}
