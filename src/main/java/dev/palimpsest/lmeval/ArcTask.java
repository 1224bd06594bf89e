package dev.palimpsest.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.suite.importer.Row;
import java.util.List;

/** tasks/arc/arc_easy.yaml, which arc_challenge.yaml includes. */
final class ArcTask implements TaskFormat {
  @Override
  public Document document(Row row) {
    ObjectNode doc = row.object().path("question").isObject() ? hubShape(row) : row.object();
    List<String> choices = row.texts("choices.text", doc.at("/choices/text"));
    List<String> labels = row.texts("choices.label", doc.at("/choices/label"));
    String key = row.text("answerKey");
    int right = labels.indexOf(key);
    if (right < 0 || labels.size() != choices.size()) {
      throw row.fault("answerKey", "\"" + key + "\"", "one of the labels " + labels);
    }
    String question = row.text("question", doc.get("question"));
    return new Document(
        doc,
        "",
        List.of("Question: " + question + "\nAnswer:"),
        choices,
        right,
        String.valueOf(right));
  }

  /** Brings a row of the published files into the shape that the hub's rows have. */
  private static ObjectNode hubShape(Row row) {
    ObjectNode doc = Json.mapper().createObjectNode();
    doc.put("id", row.text("id"));
    doc.put("question", row.text("question.stem", row.object().at("/question/stem")));
    ObjectNode choices = doc.putObject("choices");
    choices.putArray("text");
    choices.putArray("label");
    for (JsonNode choice : row.list("question.choices", row.object().at("/question/choices"))) {
      choices.withArray("text").add(row.text("question.choices.text", choice.get("text")));
      choices.withArray("label").add(row.text("question.choices.label", choice.get("label")));
    }
    return doc.put("answerKey", row.text("answerKey"));
  }
}
