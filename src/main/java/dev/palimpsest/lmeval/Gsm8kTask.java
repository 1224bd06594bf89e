package dev.palimpsest.lmeval;

import dev.palimpsest.suite.importer.Row;
import java.util.List;

/** tasks/gsm8k/gsm8k.yaml: answered in writing. */
final class Gsm8kTask implements TaskFormat {
  @Override
  public Document document(Row row) {
    String answer = row.text("answer");
    String text = "Question: " + row.text("question") + "\nAnswer:";
    return new Document(row.object(), "", List.of(text), List.of(answer), 0, answer);
  }
}
