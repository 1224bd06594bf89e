package dev.palimpsest.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.jinja.PythonText;
import dev.palimpsest.suite.importer.Row;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** tasks/hellaswag: hellaswag.yaml and utils.py. */
final class HellaSwagTask implements TaskFormat {
  private static final Pattern MARKS = Pattern.compile("\\[.*?\\]", Pattern.UNIX_LINES);

  @Override
  public Document document(Row row) {
    List<String> endings = row.texts("endings").stream().map(HellaSwagTask::tidy).toList();
    int right = right(row, endings.size());
    String context = row.text("ctx_a") + " " + capitalised(row.text("ctx_b"));
    String query = tidy(row.text("activity_label") + ": " + context);
    ObjectNode doc = row.object().deepCopy();
    doc.put("query", query);
    endings.forEach(doc.putArray("choices")::add);
    doc.put("gold", right);
    return new Document(doc, "", List.of(query), endings, right, String.valueOf(right));
  }

  private static int right(Row row, int choices) {
    JsonNode label = row.object().path("label");
    if (!label.asText().matches("[0-9]") || label.asInt() >= choices) {
      throw row.wrong(
          "label",
          label,
          "0 to " + (choices - 1) + "; the test split has no labels, give the validation split");
    }
    return label.asInt();
  }

  /** As Python's str.capitalize: the first character in title case, all others in lower case. */
  static String capitalised(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.codePointAt(0);
    int skipped = Character.toString(first).toLowerCase(Locale.ROOT).length();
    return Character.toString(Character.toTitleCase(first))
        + text.toLowerCase(Locale.ROOT).substring(skipped);
  }

  private static String tidy(String text) {
    String titled = PythonText.strip(text).replace(" [title]", ". ");
    return MARKS.matcher(titled).replaceAll("").replace("  ", " ");
  }
}
