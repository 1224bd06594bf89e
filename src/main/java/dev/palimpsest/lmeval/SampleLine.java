package dev.palimpsest.lmeval;

import dev.palimpsest.Sha256;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One line of samples_*.jsonl (lm_eval/evaluator.py, loggers/evaluation_tracker.py). */
final class SampleLine {
  private SampleLine() {}

  /**
   * Returns a line, fields in lm-eval's order.
   *
   * @param arguments what was asked: for each request its context and what goes with it
   * @param responses raw, for each request
   * @param filtered what the filter made of them
   */
  static Map<String, Object> of(
      Prompted asked,
      List<List<Object>> arguments,
      List<?> responses,
      List<?> filtered,
      String filter,
      Map<String, Double> metrics) {
    Document document = asked.document();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("doc_id", asked.number());
    line.put("doc", document.doc());
    line.put("target", document.target());
    line.put("arguments", named(arguments));
    line.put("resps", responses);
    line.put("filtered_resps", filtered);
    line.put("filter", filter);
    line.put("metrics", List.copyOf(metrics.keySet()));
    line.put("doc_hash", Sha256.hex(PythonJson.indented(document.doc())));
    line.put("prompt_hash", Sha256.hex(asked.context(0)));
    line.put("target_hash", Sha256.hex(document.target()));
    line.putAll(metrics);
    return line;
  }

  private static Map<String, Object> named(List<List<Object>> arguments) {
    Map<String, Object> requests = new LinkedHashMap<>();
    for (List<Object> each : arguments) {
      Map<String, Object> request = new LinkedHashMap<>();
      each.forEach(argument -> request.put("arg_" + request.size(), argument));
      requests.put("gen_args_" + requests.size(), request);
    }
    return requests;
  }
}
