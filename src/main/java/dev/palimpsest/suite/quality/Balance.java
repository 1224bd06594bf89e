package dev.palimpsest.suite.quality;

import dev.palimpsest.suite.Suite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Whether somebody who does not read the question gains by a rule: always the first, the longest,
 * the shortest, or the text that is offered most often.
 */
final class Balance {
  /** So much more than a blind guess may a rule win. */
  private static final double MOST_GAIN = 0.05;

  private Balance() {}

  /** Picks by the highest value of a text; equal ones share the win. */
  private record Rule(String name, ToDoubleFunction<String> value) {}

  static List<Finding> of(Suite suite) {
    List<Options> all = Options.of(suite);
    if (all.isEmpty()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>(positions(all));
    for (Rule rule : rules(all)) {
      double won = all.stream().mapToDouble(options -> won(options, rule)).average().orElseThrow();
      findings.add(Finding.atMost(rule.name, won, Options.chance(all) + MOST_GAIN, List.of()));
    }
    return findings;
  }

  private static List<Finding> positions(List<Options> all) {
    List<Options> ordered = all.stream().filter(Options::ordered).toList();
    int most = ordered.stream().mapToInt(options -> options.texts().size()).max().orElse(0);
    return IntStream.range(0, most).mapToObj(place -> position(ordered, place)).toList();
  }

  private static Finding position(List<Options> ordered, int place) {
    List<Options> there = ordered.stream().filter(o -> o.texts().size() > place).toList();
    double won = there.stream().filter(o -> o.right() == place).count() / (double) there.size();
    String name = place == 0 ? "the first listed is right" : "number " + (place + 1) + " is right";
    return Finding.atMost(name, won, Options.chance(there) + MOST_GAIN, List.of());
  }

  private static List<Rule> rules(List<Options> all) {
    Map<String, Integer> offered = new HashMap<>();
    all.forEach(o -> o.texts().forEach(text -> offered.merge(plain(text), 1, Integer::sum)));
    return List.of(
        new Rule("the longest is right", Balance::length),
        new Rule("the shortest is right", text -> -length(text)),
        new Rule("the most frequent is right", text -> offered.get(plain(text))));
  }

  private static double won(Options options, Rule rule) {
    double[] values = options.texts().stream().mapToDouble(rule.value).toArray();
    double best = IntStream.range(0, values.length).mapToDouble(i -> values[i]).max().orElseThrow();
    long picked = IntStream.range(0, values.length).filter(i -> values[i] == best).count();
    return values[options.right()] == best ? 1.0 / picked : 0;
  }

  private static double length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String plain(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
