package dev.palimpsest.lmeval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model answered to a task.
 *
 * @param documents how many were asked
 * @param lines lines of samples_*.jsonl as lm-eval writes them, fields in its order
 */
public record LmEvalSamples(int documents, List<Map<String, Object>> lines) {
  public LmEvalSamples {
    lines = List.copyOf(lines);
  }

  /** Returns the mean of each metric, by the names in lm-eval's results, such as "acc,none". */
  public Map<String, Double> means() {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (Map<String, Object> line : lines) {
      for (Object metric : (List<?>) line.get("metrics")) {
        double value = ((Number) line.get(metric.toString())).doubleValue();
        sums.merge(metric + "," + line.get("filter"), value, Double::sum);
      }
    }
    sums.replaceAll((name, sum) -> sum / documents);
    return sums;
  }
}
