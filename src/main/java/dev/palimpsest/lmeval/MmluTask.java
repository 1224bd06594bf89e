package dev.palimpsest.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.jinja.PythonText;
import dev.palimpsest.suite.check.CsvRecords;
import dev.palimpsest.suite.importer.Row;
import dev.palimpsest.suite.importer.Source;
import java.util.ArrayList;
import java.util.List;

/** tasks/mmlu/default: _default_template_yaml, and the description that each subject has. */
final class MmluTask implements TaskFormat {
  private static final List<String> LETTERS = List.of("A", "B", "C", "D");

  /** Reads the hub's JSON lines, or {@code <subject>_test.csv} as published, without a header. */
  @Override
  public List<Document> documents(Source source) {
    if (source.startsWith('{') || source.startsWith('[')) {
      return TaskFormat.super.documents(source);
    }
    String subject = source.stem().replaceAll("_(?:test|val|dev)$", "");
    List<Document> documents = new ArrayList<>();
    for (CsvRecords.Entry entry : source.records()) {
      List<String> fields = entry.fields();
      int right = fields.size() == 6 ? LETTERS.indexOf(fields.get(5)) : -1;
      if (right < 0) {
        throw source.fault(
            entry.line(),
            "",
            fields.size()
                + " fields"
                + (fields.size() == 6 ? ", the last \"" + fields.get(5) + "\"" : ""),
            "6: question, four choices and A, B, C or D; there is no header");
      }
      ObjectNode doc = Json.mapper().createObjectNode();
      doc.put("question", fields.get(0)).put("subject", subject);
      fields.subList(1, 5).forEach(doc.putArray("choices")::add);
      documents.add(document(new Row(source, entry.line(), doc.put("answer", right))));
    }
    return documents;
  }

  @Override
  public Document document(Row row) {
    List<String> choices = row.texts("choices");
    if (choices.size() != LETTERS.size()) {
      throw row.fault("choices", choices.size() + " choices", "four");
    }
    JsonNode answer = row.object().get("answer");
    int right = row.integer("answer");
    if (right < 0 || right >= choices.size()) {
      throw row.wrong("answer", answer, "the index of a choice, from 0 to 3");
    }
    StringBuilder text = new StringBuilder(PythonText.strip(row.text("question")));
    for (int i = 0; i < choices.size(); i++) {
      text.append('\n').append(LETTERS.get(i)).append(". ").append(choices.get(i));
    }
    return new Document(
        row.object(),
        "The following are multiple choice questions (with answers) about "
            + row.text("subject").replace('_', ' ')
            + ".\n\n",
        List.of(text.append("\nAnswer:").toString()),
        LETTERS,
        right,
        String.valueOf(right));
  }
}
