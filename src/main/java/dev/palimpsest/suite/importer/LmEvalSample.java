package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A line of lm-eval's samples_*.jsonl: one document under one filter.
 *
 * @param row where it stands
 * @param document lm-eval's doc_id
 * @param filter such as "none" or "strict-match"
 * @param contexts what was asked, for each request
 * @param continuations what was scored after each context; [] where an answer was written
 * @param logLikelihoods natural, of each continuation; [] where an answer was written
 * @param texts the filtered answers where they were written, otherwise []
 * @param metrics by name; those that are no number are left out
 */
public record LmEvalSample(
    Row row,
    int document,
    String filter,
    List<String> contexts,
    List<String> continuations,
    List<Double> logLikelihoods,
    List<String> texts,
    Map<String, Double> metrics) {
  /**
   * Reads a line, of this or an older version: numbers may be texts, requests a list.
   *
   * @throws dev.palimpsest.suite.SuiteException that names file, line and field
   */
  public static LmEvalSample of(Row row) {
    List<String> contexts = new ArrayList<>();
    List<String> continuations = new ArrayList<>();
    for (JsonNode request : requests(row)) {
      contexts.add(row.text("arguments", request.path(0)));
      if (request.path(1).isTextual()) {
        continuations.add(request.path(1).textValue());
      }
    }
    boolean choice = continuations.size() == contexts.size();
    List<Double> likelihoods = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (JsonNode answer : row.list("filtered_resps", row.object().get("filtered_resps"))) {
      if (choice) {
        likelihoods.add(number(row, answer.path(0)));
      } else {
        texts.add(row.text("filtered_resps", answer));
      }
    }
    if (choice && likelihoods.size() != contexts.size()) {
      throw row.fault(
          "filtered_resps",
          likelihoods.size() + " answers",
          contexts.size() + ", as many as asked");
    }
    return new LmEvalSample(
        row,
        row.integer("doc_id"),
        row.textOr("filter", "none"),
        List.copyOf(contexts),
        choice ? List.copyOf(continuations) : List.of(),
        List.copyOf(likelihoods),
        List.copyOf(texts),
        metrics(row));
  }

  /** Tells whether it chose among continuations by their log-likelihood. */
  public boolean isChoice() {
    return logLikelihoods.size() > 1;
  }

  /** Returns each request's arguments as a list. */
  private static List<JsonNode> requests(Row row) {
    JsonNode arguments = row.object().get("arguments");
    if (arguments == null || arguments.isEmpty()) {
      throw row.wrong("arguments", arguments, "what was asked, as lm-eval --log_samples writes it");
    }
    List<JsonNode> requests = new ArrayList<>();
    for (JsonNode request : arguments) {
      requests.add(
          request.isObject()
              ? row.object().arrayNode().add(request.get("arg_0")).add(request.get("arg_1"))
              : request);
    }
    return requests;
  }

  private static double number(Row row, JsonNode value) {
    try {
      return Double.parseDouble(value.asText());
    } catch (NumberFormatException e) {
      throw row.wrong("filtered_resps", value, "a log-likelihood");
    }
  }

  private static Map<String, Double> metrics(Row row) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (JsonNode name : row.object().path("metrics")) {
      JsonNode value = row.object().path(name.asText());
      if (value.isNumber()) {
        metrics.put(name.asText(), value.doubleValue());
      }
    }
    return metrics;
  }
}
