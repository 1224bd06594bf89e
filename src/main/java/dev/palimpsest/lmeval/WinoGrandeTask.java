package dev.palimpsest.lmeval;

import dev.palimpsest.jinja.PythonText;
import dev.palimpsest.suite.importer.Row;
import java.util.List;

/**
 * tasks/winogrande: default.yaml and preprocess_winogrande.py. The options stand in the text, and
 * what follows the gap is scored.
 */
final class WinoGrandeTask implements TaskFormat {
  @Override
  public Document document(Row row) {
    String sentence = row.text("sentence");
    int gap = sentence.indexOf('_');
    if (gap < 0) {
      throw row.fault("sentence", "no gap", "a gap, written _");
    }
    String answer = row.text("answer");
    if (!answer.equals("1") && !answer.equals("2")) {
      throw row.wrong(
          "answer",
          row.object().get("answer"),
          "\"1\" or \"2\"; the test split has no labels, give the validation split");
    }
    String before = sentence.substring(0, gap);
    String after = PythonText.strip(sentence.substring(gap + 1));
    return new Document(
        row.object(),
        "",
        List.of(before + row.text("option1"), before + row.text("option2")),
        List.of(after),
        Integer.parseInt(answer) - 1,
        after);
  }
}
