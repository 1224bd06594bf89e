package dev.palimpsest.report.page;

import dev.palimpsest.report.SafeText;
import dev.palimpsest.report.model.ReportData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How an audit ran, for people: facts by readable names, and what several checkpoints share said
 * once. Checkpoints' digests are left out; pages name them beside the checkpoints.
 */
public final class ProvenanceFacts {
  private static final Map<String, String> NAMES = names();
  private static final String OF = " of ";

  private ProvenanceFacts() {}

  /**
   * A named fact.
   *
   * @param digest whether the value is one
   */
  public record Fact(String name, String value, boolean digest) {}

  /** Returns the facts of a report, in reading order; every text is safe to look at. */
  public static List<Fact> of(ReportData data) {
    Set<String> named = new LinkedHashSet<>(Set.of(data.base().digest()));
    data.tuned().forEach(tuned -> named.add(tuned.digest()));
    return of(data.provenance(), named);
  }

  /**
   * Returns the facts in reading order.
   *
   * @param named the checkpoints' digests, which are shown elsewhere
   */
  static List<Fact> of(Map<String, String> provenance, Set<String> named) {
    Map<String, String> left = new LinkedHashMap<>(provenance);
    left.entrySet()
        .removeIf(e -> e.getKey().startsWith("digest" + OF) && named.contains(e.getValue()));
    List<Fact> facts = new ArrayList<>();
    NAMES.forEach(
        (key, name) -> {
          String value = left.remove(key);
          if (value != null) {
            facts.add(fact(name, readable(key, value)));
          }
        });
    for (String kind : List.of("template", "tokenizer")) {
      shared(kind, left, facts);
    }
    left.forEach((key, value) -> facts.add(fact(key, value)));
    return facts;
  }

  /** Takes what is said of each checkpoint, and says equal values once. */
  private static void shared(String kind, Map<String, String> left, List<Fact> facts) {
    Map<String, List<String>> owners = new LinkedHashMap<>();
    left.forEach(
        (key, value) -> {
          if (key.startsWith(kind + OF)) {
            owners
                .computeIfAbsent(value, any -> new ArrayList<>())
                .add(key.substring(kind.length() + OF.length()));
          }
        });
    left.keySet().removeIf(key -> key.startsWith(kind + OF));
    boolean one = owners.size() == 1;
    owners.forEach(
        (value, names) ->
            facts.add(
                fact(
                    heading(kind) + (one ? ", all checkpoints" : ", " + String.join(", ", names)),
                    value)));
  }

  private static String heading(String kind) {
    return kind.equals("template") ? "Chat template" : "Tokenizer";
  }

  private static Fact fact(String name, String value) {
    return new Fact(SafeText.visible(name), SafeText.visible(value), value.matches("[0-9a-f]{64}"));
  }

  private static String readable(String key, String value) {
    return switch (key) {
      case "frozen", "finished" -> Times.toTheSecond(value);
      case "parameters" -> Texts.grouped(value);
      case "seconds" -> Texts.grouped(value) + " s";
      default -> value;
    };
  }

  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("frozen", "Plan frozen");
    names.put("finished", "Finished");
    names.put("seconds", "Running time");
    names.put("family", "Family of the base");
    names.put("parameters", "Parameters of the base");
    names.put("dtype", "Computed in");
    names.put("device", "Device");
    names.put("engine", "Engine");
    names.put("palimpsest", "Palimpsest");
    names.put("java", "Java");
    names.put("system", "System");
    return names;
  }
}
