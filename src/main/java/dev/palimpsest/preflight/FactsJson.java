package dev.palimpsest.preflight;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.preflight.facts.Known;
import dev.palimpsest.preflight.facts.KnownFacts;
import dev.palimpsest.preflight.facts.TriedFact;
import dev.palimpsest.preflight.lint.SensitiveText;
import dev.palimpsest.stats.Interval;

/** Writes what a base knows of a file's facts. */
final class FactsJson {
  private static final int EXAMPLES = 5;

  private FactsJson() {}

  static void write(ObjectNode node, KnownFacts facts) {
    node.put("mode", facts.mode().label());
    node.put("rows", facts.rows()).put("found", facts.found()).put("tried", facts.tried().size());
    node.put("answersOfAFact", facts.mode().answers()).put("guessed", facts.guessed());
    ObjectNode categories = node.putObject("categories");
    for (Known known : Known.values()) {
      KnownFacts.Share share = facts.shares().get(known);
      if (share != null) {
        ObjectNode one = categories.putObject(known.label());
        one.put("count", share.count()).put("share", share.share());
        interval(one, "ci95", share.interval());
        ArrayNode examples = one.putArray("examples");
        facts.examples(known, EXAMPLES).forEach(fact -> example(examples.addObject(), fact));
      }
    }
    ArrayNode kinds = node.putArray("kinds");
    for (KnownFacts.Kind kind : facts.kinds()) {
      ObjectNode one = kinds.addObject();
      one.put("kind", kind.kind()).put("facts", kind.facts());
      for (Known known : Known.values()) {
        one.put(known.label(), kind.counts().getOrDefault(known, 0));
      }
    }
    facts
        .forecast()
        .ifPresent(
            forecast -> {
              ObjectNode one = node.putObject("forecast");
              one.put("unknownRows", forecast.unknownRows());
              interval(one, "ci95", forecast.interval());
              one.put("pointsOfSameKinds", forecast.sameKinds());
              one.put("pointsOfOtherKinds", forecast.otherKinds());
              one.put("sentence", forecast.sentence());
            });
  }

  private static void example(ObjectNode node, TriedFact one) {
    String question = one.fact().question();
    String answer = one.fact().answer();
    boolean shown = !SensitiveText.isIn(question + "\n" + answer + "\n" + one.said());
    node.put("row", one.fact().row());
    node.put("question", shown ? question : "").put("answer", shown ? answer : "");
    node.put("said", shown ? one.said() : "");
    node.put("greedyRight", one.greedyRight()).put("greedy", one.greedy());
    node.put("sampledRight", one.sampledRight()).put("sampled", one.sampled());
    node.put("guess", one.guess()).put("guessed", one.guessed());
  }

  static void interval(ObjectNode node, String name, Interval interval) {
    node.putArray(name).add(interval.low()).add(interval.high());
  }
}
