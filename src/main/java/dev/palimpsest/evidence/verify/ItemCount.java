package dev.palimpsest.evidence.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.evidence.IntegrityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads items.jsonl into pairs without texts, and holds them to the plan. */
final class ItemCount {
  private final Map<String, List<PairBrief>> pairs = new HashMap<>();
  private int lines;

  private ItemCount() {}

  static ItemCount read(BundleFile bundle, String member) {
    ItemCount count = new ItemCount();
    bundle.lines(member, (line, number) -> count.add(line, "Line " + number + " of " + member));
    return count;
  }

  private void add(String text, String name) {
    JsonNode line = tree(text, name);
    PairBrief pair =
        new PairBrief(
            line.path("item").asText(),
            change(line, name),
            line.at("/base/output").equals(line.at("/tunedOutcome/output")),
            margin(line.path("base")),
            margin(line.path("tunedOutcome")));
    pairs
        .computeIfAbsent(
            key(line.path("suite").asText(), line.path("tuned").asText()), key -> new ArrayList<>())
        .add(pair);
    lines++;
  }

  private static JsonNode tree(String text, String name) {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IntegrityException(name + " is no JSON.", e);
    }
  }

  /** What became of the item follows from the two outcomes; what the line says must agree. */
  private static PairedOutcome.Change change(JsonNode line, String name) {
    PairedOutcome.Change change =
        PairedOutcome.Change.of(
            state(line.path("base"), name),
            right(line.path("base")),
            state(line.path("tunedOutcome"), name),
            right(line.path("tunedOutcome")));
    if (!change.name().equals(line.path("change").asText())) {
      throw new IntegrityException(
          name
              + " says "
              + line.path("change").asText()
              + ", but its two outcomes make it "
              + change
              + ".");
    }
    return change;
  }

  private static Outcome.State state(JsonNode side, String name) {
    try {
      return Outcome.State.valueOf(side.path("state").asText());
    } catch (IllegalArgumentException e) {
      throw new IntegrityException(
          name + " has an outcome in no known state: " + side.path("state") + ".", e);
    }
  }

  private static boolean right(JsonNode side) {
    return side.path("score").asDouble() >= 0.5;
  }

  private static double margin(JsonNode side) {
    return side.at("/details/margin").asDouble(Double.NaN);
  }

  /** Returns the pairs of a suite and tuned checkpoint in the file's order. */
  List<PairBrief> of(String suite, String tuned) {
    return pairs.getOrDefault(key(suite, tuned), List.of());
  }

  int lines() {
    return lines;
  }

  /** Fails unless every planned item is there once for each tuned checkpoint, and no other. */
  void requirePlanned(AuditPlan plan) {
    int expected = 0;
    for (Arm arm : plan.tuned()) {
      for (PlannedSuite suite : plan.suites()) {
        requirePlanned(suite, arm.name(), plan.decidesEarly());
        expected += suite.itemIds().size();
      }
    }
    if (lines != expected && !plan.decidesEarly()) {
      throw new IntegrityException(
          "The plan has " + expected + " items to compare, the file " + lines + ".");
    }
  }

  private void requirePlanned(PlannedSuite suite, String tuned, boolean decidesEarly) {
    Set<String> planned = new HashSet<>(suite.itemIds());
    for (PairBrief pair : of(suite.suite(), tuned)) {
      if (!planned.remove(pair.itemId())) {
        throw new IntegrityException(
            "The item "
                + pair.itemId()
                + " of "
                + suite.suite()
                + " on "
                + tuned
                + " is there twice, or was not planned.");
      }
    }
    planned.stream()
        .filter(missing -> !decidesEarly)
        .findFirst()
        .ifPresent(
            missing -> {
              throw new IntegrityException(
                  "The planned item "
                      + missing
                      + " of "
                      + suite.suite()
                      + " on "
                      + tuned
                      + " is missing.");
            });
  }

  private static String key(String suite, String tuned) {
    return suite.length() + ":" + suite + tuned;
  }
}
