package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Sha256;
import dev.palimpsest.suite.Tier;
import dev.palimpsest.suite.check.CsvRecords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * TruthfulQA with one right answer: the CSV (Best Answer, Incorrect Answers), the hub's
 * mc1_targets{choices, labels}, or mc_task.json's mc1_targets{answer: 0 or 1}.
 *
 * <p>The right answer comes first in all of them, so the order is drawn, by a seed that the
 * question gives. Where there are more than six answers, five wrong ones are drawn.
 */
final class TruthfulQaFormat implements Format {
  private static final int MOST_WRONG = 5;
  private static final int SEED_DIGITS = 12;

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

  private static void readRecords(Source source, Draft draft) {
    List<CsvRecords.Entry> records = source.records();
    List<String> header = records.get(0).fields();
    int question = column(source, header, "Question");
    int best = column(source, header, "Best Answer");
    int wrong = column(source, header, "Incorrect Answers");
    int category = header.indexOf("Category");
    for (CsvRecords.Entry entry : records.subList(1, records.size())) {
      List<String> fields = entry.fields();
      if (fields.size() != header.size()) {
        throw source.fault(
            entry.line(), "", fields.size() + " fields", header.size() + ", as in the header");
      }
      List<String> answers = new ArrayList<>(List.of(fields.get(best).strip()));
      Arrays.stream(fields.get(wrong).split(";"))
          .map(String::strip)
          .filter(answer -> !answer.isEmpty())
          .forEach(answers::add);
      String topic = category < 0 ? "truth" : fields.get(category);
      add(source, entry.line(), topic, fields.get(question), answers, 0, draft);
    }
  }

  private static int column(Source source, List<String> header, String name) {
    if (!header.contains(name)) {
      throw source.fault(1, name, "the columns " + header, "a column of this name");
    }
    return header.indexOf(name);
  }

  static void readRow(Row row, Draft draft) {
    JsonNode targets = row.object().path("mc1_targets");
    if (!targets.isObject()) {
      throw row.wrong("mc1_targets", row.object().get("mc1_targets"), "an object of answers");
    }
    List<String> answers = new ArrayList<>();
    List<JsonNode> labels = new ArrayList<>();
    if (targets.has("choices")) {
      answers.addAll(row.texts("mc1_targets.choices", targets.get("choices")));
      row.list("mc1_targets.labels", targets.get("labels")).forEach(labels::add);
    } else {
      for (Map.Entry<String, JsonNode> target : targets.properties()) {
        answers.add(target.getKey());
        labels.add(target.getValue());
      }
    }
    List<Integer> right = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      if (labels.get(i).asInt() == 1) {
        right.add(i);
      }
    }
    if (right.size() != 1 || labels.size() != answers.size()) {
      throw row.fault(
          "mc1_targets",
          right.size() + " right answers",
          "one label 1 among as many labels as answers");
    }
    add(
        row.source(),
        row.line(),
        row.textOr("category", "truth"),
        row.text("question"),
        answers,
        right.get(0),
        draft);
  }

  private static void add(
      Source source,
      int line,
      String topic,
      String question,
      List<String> answers,
      int right,
      Draft draft) {
    if (answers.size() < 2) {
      throw source.fault(line, "", answers.size() + " answers", "a right and a wrong one");
    }
    Random random = new Random(Long.parseLong(Sha256.hex(question).substring(0, SEED_DIGITS), 16));
    String gold = answers.get(right);
    List<String> wrong = new ArrayList<>(answers);
    wrong.remove(right);
    Collections.shuffle(wrong, random);
    List<String> choices = new ArrayList<>(wrong.subList(0, Math.min(MOST_WRONG, wrong.size())));
    int place = random.nextInt(choices.size() + 1);
    choices.add(place, gold);
    draft.addChoice(
        source,
        line,
        Items.choice(
            source.stem() + "-" + line, Tier.MEDIUM, topic, question.strip(), choices, place));
  }
}
