package dev.palimpsest.preflight;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.preflight.tuned.Drift;
import dev.palimpsest.preflight.tuned.Memorised;
import dev.palimpsest.preflight.tuned.TunedLook;

/** Writes what a tuned checkpoint shows of its training file. */
final class TunedJson {
  private TunedJson() {}

  static void write(ObjectNode node, TunedLook look) {
    node.put("name", look.name());
    drift(node.putObject("drift"), look.drift()).put("sentence", look.drift().sentence());
    look.plain()
        .ifPresent(
            plain ->
                drift(node.putObject("plainText"), plain)
                    .put("sentence", plain.besides(look.drift())));
    memorised(node.putObject("memorised"), look.memorised());
  }

  private static ObjectNode drift(ObjectNode node, Drift drift) {
    node.put("rows", drift.rows()).put("tokens", drift.tokens()).put("kl", drift.kl());
    FactsJson.interval(node, "ci95", drift.interval());
    node.put("median", drift.median()).put("p99", drift.p99()).put("sameTop", drift.sameTop());
    return node.put("baseLoss", drift.baseLoss()).put("tunedLoss", drift.tunedLoss());
  }

  private static void memorised(ObjectNode node, Memorised found) {
    node.put("exploratory", true).put("texts", found.texts());
    ArrayNode passages = node.putArray("passages");
    for (Memorised.Passage passage : found.passages()) {
      ObjectNode one = passages.addObject();
      one.put("text", passage.text()).put("words", passage.words()).put("row", passage.row());
      one.put("beginning", passage.beginning()).put("alpha", passage.alpha());
    }
    ArrayNode names = node.putArray("names");
    for (Memorised.Name name : found.names()) {
      ObjectNode one = names.addObject();
      one.put("name", name.name()).put("row", name.row()).put("texts", name.texts());
    }
    node.put("withNames", found.withNames()).put("baseWithNames", found.baseWithNames());
    node.put("sentence", found.sentence());
  }
}
