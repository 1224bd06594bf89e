package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.Tier;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * lm-eval's samples_*.jsonl of a multiple-choice task. The document in a line is read as the
 * benchmark's own file would be where it has the shape of one; otherwise the prompt is the
 * question, examples included, and what was scored after it are the choices.
 */
final class LmEvalFormat implements Format {
  private static final int MOST_CHOICES = 6;

  @Override
  public void read(List<Source> sources, Draft draft) {
    for (Source source : sources) {
      Set<Integer> seen = new HashSet<>();
      for (Row row : source.rows()) {
        LmEvalSample sample = LmEvalSample.of(row);
        if (!sample.isChoice()) {
          throw row.fault(
              "arguments",
              "an answer that is written or a text that is scored",
              "the choices of a multiple-choice task; other samples cannot be made a suite");
        }
        // A line is repeated for each filter.
        if (seen.add(sample.document())) {
          readSample(sample, draft);
        }
      }
    }
  }

  private static void readSample(LmEvalSample sample, Draft draft) {
    Row row = sample.row();
    if (!(row.object().get("doc") instanceof ObjectNode doc)) {
      throw row.wrong("doc", row.object().get("doc"), "the document");
    }
    Row inner = new Row(row.source(), row.line(), doc);
    if (doc.path("mc1_targets").isObject()) {
      TruthfulQaFormat.readRow(inner, draft);
    } else if (doc.has("sentence") && doc.has("option1") && doc.has("option2")) {
      WinoGrandeFormat.readRow(inner, draft);
    } else if (doc.has("ctx_a") && doc.has("endings")) {
      HellaSwagFormat.readRow(inner, draft);
    } else if (doc.has("id") && doc.at("/choices/label").isArray()) {
      ArcFormat.readRow(inner, draft);
    } else if (doc.has("question") && doc.path("choices").isArray() && doc.path("answer").isInt()) {
      MmluFormat.readRow(inner, draft);
    } else {
      readPrompt(sample, draft);
    }
  }

  private static void readPrompt(LmEvalSample sample, Draft draft) {
    String question = common(sample.contexts());
    List<String> choices =
        IntStream.range(0, sample.contexts().size())
            .mapToObj(
                i ->
                    sample.contexts().get(i).substring(question.length())
                        + sample.continuations().get(i))
            .map(String::strip)
            .toList();
    Row row = sample.row();
    Optional<Integer> right = right(sample, choices);
    if (choices.size() > MOST_CHOICES) {
      draft.leaveOut(row.source(), row.line(), choices.size() + " choices are more than six");
    } else if (question.isBlank()) {
      draft.leaveOut(row.source(), row.line(), "nothing is asked before the choices");
    } else if (right.isEmpty()) {
      draft.leaveOut(row.source(), row.line(), "the target is none of the choices");
    } else {
      String task = row.source().stem().replaceAll("^samples_|_\\d{4}-\\d{2}-\\d{2}T.*$", "");
      String id = task + "-" + sample.document();
      draft.addChoice(
          row.source(),
          row.line(),
          Items.choice(id, Tier.MEDIUM, task, question.strip(), choices, right.get()));
    }
  }

  /** Returns what all contexts begin with, to the end of a word. */
  private static String common(List<String> contexts) {
    String first = contexts.get(0);
    int length = first.length();
    for (String each : contexts) {
      int same = 0;
      while (same < Math.min(length, each.length()) && each.charAt(same) == first.charAt(same)) {
        same++;
      }
      length = same;
    }
    if (contexts.stream().allMatch(first::equals)) {
      return first;
    }
    while (length > 0 && !Character.isWhitespace(first.charAt(length - 1))) {
      length--;
    }
    return first.substring(0, length);
  }

  /** The target is an index or a choice; where it is neither, acc tells of two choices. */
  private static Optional<Integer> right(LmEvalSample sample, List<String> choices) {
    JsonNode node = sample.row().object().path("target");
    String target = node.asText().strip();
    if (target.matches("[0-9]{1,3}") && Integer.parseInt(target) < choices.size()) {
      return Optional.of(Integer.parseInt(target));
    }
    if (choices.contains(target)) {
      return Optional.of(choices.indexOf(target));
    }
    Double accuracy = sample.metrics().get("acc");
    if (accuracy == null || (accuracy != 1 && choices.size() != 2)) {
      return Optional.empty();
    }
    List<Double> found = sample.logLikelihoods();
    int best =
        IntStream.range(0, found.size())
            .reduce((a, b) -> found.get(b) > found.get(a) ? b : a)
            .orElseThrow();
    return Optional.of(accuracy == 1 ? best : 1 - best);
  }
}
