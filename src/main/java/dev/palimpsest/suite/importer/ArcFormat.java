package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * ARC, as published (question.stem, question.choices[].text and .label) or as on the hub (question,
 * choices.text[], choices.label[]). Labels are letters or digits, three to five of them.
 */
final class ArcFormat implements Format {
  @Override
  public void read(List<Source> sources, Draft draft) {
    for (Source source : sources) {
      source.rows().forEach(row -> readRow(row, draft));
    }
  }

  private static Tier tier(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    if (name.contains("easy")) {
      return Tier.EASY;
    }
    return name.contains("challenge") ? Tier.HARD : Tier.MEDIUM;
  }

  static void readRow(Row row, Draft draft) {
    Tier tier = tier(row.source().stem());
    boolean published = row.object().path("question").isObject();
    JsonNode choices =
        published ? row.object().at("/question/choices") : row.object().path("choices");
    List<String> texts = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    if (published) {
      for (JsonNode choice : row.list("question.choices", choices)) {
        String field = "question.choices[" + texts.size() + "]";
        texts.add(row.text(field + ".text", choice.get("text")));
        labels.add(row.text(field + ".label", choice.get("label")));
      }
    } else {
      texts.addAll(row.texts("choices.text", choices.get("text")));
      labels.addAll(row.texts("choices.label", choices.get("label")));
    }
    String question =
        published
            ? row.text("question.stem", row.object().at("/question/stem"))
            : row.text("question");
    draft.addChoice(row.source(), row.line(), item(row, tier, question, texts, labels));
  }

  private static ObjectNode item(
      Row row, Tier tier, String question, List<String> texts, List<String> labels) {
    String key = row.text("answerKey");
    int answer = labels.indexOf(key);
    if (answer < 0 || texts.size() != labels.size()) {
      throw row.fault("answerKey", "\"" + key + "\"", "one of the labels " + labels);
    }
    return Items.choice(row.text("id"), tier, "science", question, texts, answer);
  }
}
