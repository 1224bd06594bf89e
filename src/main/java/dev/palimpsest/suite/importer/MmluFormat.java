package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.suite.Tier;
import dev.palimpsest.suite.check.CsvRecords;
import java.util.List;

/**
 * MMLU: {@code <subject>_test.csv} without a header, with question, four choices and a letter (RFC
 * 4180); or the hub's JSON lines with question, subject, choices and the answer's index.
 */
final class MmluFormat implements Format {
  private static final String LETTERS = "ABCD";

  @Override
  public void read(List<Source> sources, Draft draft) {
    for (Source source : sources) {
      if (source.startsWith('{') || source.startsWith('[')) {
        source.rows().forEach(row -> readRow(row, draft));
      } else {
        readRecords(source, draft);
      }
    }
  }

  @Override
  public boolean shotsByTopic() {
    return true;
  }

  private static void readRecords(Source source, Draft draft) {
    String subject = source.stem().replaceAll("_(?:test|val|dev)$", "");
    int number = 0;
    for (CsvRecords.Entry entry : source.records()) {
      number++;
      List<String> fields = entry.fields();
      if (fields.size() != 6) {
        throw source.fault(
            entry.line(), "", fields.size() + " fields", "6: question, four choices, letter");
      }
      int answer = fields.get(5).length() == 1 ? LETTERS.indexOf(fields.get(5)) : -1;
      if (answer < 0) {
        throw source.fault(
            entry.line(), "6", "\"" + fields.get(5) + "\"", "A, B, C or D; there is no header");
      }
      draft.addChoice(
          source,
          entry.line(),
          Items.choice(
              source.stem() + "-" + String.format("%04d", number),
              Tier.MEDIUM,
              subject,
              fields.get(0),
              fields.subList(1, 5),
              answer));
    }
  }

  static void readRow(Row row, Draft draft) {
    List<String> choices = row.texts("choices");
    JsonNode answer = row.object().get("answer");
    int index =
        answer != null && answer.isTextual() && answer.textValue().length() == 1
            ? LETTERS.indexOf(answer.textValue())
            : row.integer("answer");
    if (index < 0 || index >= choices.size()) {
      throw row.wrong("answer", answer, "the index of a choice, from 0 to " + (choices.size() - 1));
    }
    String subject = row.textOr("subject", row.source().stem());
    draft.addChoice(
        row.source(),
        row.line(),
        Items.choice(
            row.source().stem() + "-" + row.line(),
            Tier.MEDIUM,
            subject,
            row.text("question"),
            choices,
            index));
  }
}
