package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.Tier;
import java.util.List;
import java.util.Locale;

/**
 * HellaSwag: ctx_a, ctx_b, endings, and a label that is a number in the published files and a text
 * on the hub. Texts are tidied as lm-eval does: "[title]" becomes a full stop, other marks in
 * brackets go, and ctx_b begins with a capital.
 */
final class HellaSwagFormat implements Format {
  @Override
  public void read(List<Source> sources, Draft draft) {
    sources.forEach(source -> source.rows().forEach(row -> readRow(row, draft)));
  }

  static void readRow(Row row, Draft draft) {
    List<String> endings = row.texts("endings").stream().map(HellaSwagFormat::tidy).toList();
    String activity = row.text("activity_label");
    String context = row.text("ctx_a") + " " + capitalised(row.textOr("ctx_b", ""));
    ObjectNode item =
        Items.choice(
            "hellaswag-" + (row.has("ind") ? row.integer("ind") : row.line()),
            Tier.MEDIUM,
            activity,
            "How does this go on?\n\n" + tidy(activity + ": " + context),
            endings,
            label(row, endings.size()));
    if (row.has("source_id")) {
      item.put("cluster", Items.id(row.text("source_id")));
    }
    draft.addChoice(row.source(), row.line(), item);
  }

  private static int label(Row row, int choices) {
    JsonNode label = row.object().path("label");
    String text = label.asText();
    if (!text.matches("[0-9]") || Integer.parseInt(text) >= choices) {
      throw row.wrong(
          "label",
          label,
          "0 to " + (choices - 1) + "; the test split has no labels, import the validation split");
    }
    return Integer.parseInt(text);
  }

  private static String capitalised(String text) {
    return text.isEmpty()
        ? ""
        : text.substring(0, 1).toUpperCase(Locale.ROOT)
            + text.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String tidy(String text) {
    return text.strip()
        .replace(" [title]", ". ")
        .replaceAll("\\[.*?\\]", "")
        .replaceAll(" {2,}", " ")
        .strip();
  }
}
