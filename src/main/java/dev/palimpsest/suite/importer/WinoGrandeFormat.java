package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.Tier;
import java.util.List;

/**
 * WinoGrande: a sentence with one "_", option1, option2, answer "1" or "2". Twin sentences have a
 * qID in common up to its last hyphen and are one cluster.
 */
final class WinoGrandeFormat implements Format {
  @Override
  public void read(List<Source> sources, Draft draft) {
    sources.forEach(source -> source.rows().forEach(row -> readRow(row, draft)));
  }

  static void readRow(Row row, Draft draft) {
    String sentence = row.text("sentence");
    int gaps = sentence.length() - sentence.replace("_", "").length();
    if (gaps != 1) {
      throw row.fault("sentence", gaps + " gaps", "one gap, written _");
    }
    String answer = row.object().path("answer").asText();
    if (!answer.equals("1") && !answer.equals("2")) {
      throw row.wrong(
          "answer",
          row.object().get("answer"),
          "\"1\" or \"2\"; the test split has no labels, import the validation split");
    }
    String qid = row.textOr("qID", "");
    ObjectNode item =
        Items.choice(
            qid.isEmpty() ? row.source().stem() + "-" + row.line() : qid,
            Tier.MEDIUM,
            "pronouns",
            "Which of the two belongs in the gap?\n\n" + sentence,
            List.of(row.text("option1"), row.text("option2")),
            answer.equals("1") ? 0 : 1);
    if (qid.lastIndexOf('-') > 0) {
      item.put("cluster", Items.id(qid.substring(0, qid.lastIndexOf('-'))));
    }
    draft.addChoice(row.source(), row.line(), item);
  }
}
