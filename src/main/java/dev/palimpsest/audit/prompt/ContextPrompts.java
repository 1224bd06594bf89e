package dev.palimpsest.audit.prompt;

import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.retrieval.Passage;
import dev.palimpsest.retrieval.PassageIndex;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.prompted.Answers;
import dev.palimpsest.suite.prompted.Prompting;
import dev.palimpsest.suite.prompted.Swap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds passages for the items of a suite, and answers that can be swapped in them. */
final class ContextPrompts {
  /** Passages that an item is shown at most. */
  static final int SHOWN = 3;

  private final List<Passage> passages;

  ContextPrompts(List<Passage> passages) {
    this.passages = passages;
  }

  /** Returns the passages for the items that are planned; only those that are shown are kept. */
  Prompting of(Suite suite, PlannedSuite planned) {
    Map<Integer, Integer> places = new LinkedHashMap<>();
    Map<String, List<Integer>> shown = new LinkedHashMap<>();
    List<String> texts = passages.stream().map(Passage::text).toList();
    try (PassageIndex index = new PassageIndex(texts, suite.info().language())) {
      for (String id : planned.itemIds()) {
        List<Integer> best = index.best(suite.item(id).orElseThrow().text(), SHOWN);
        if (!best.isEmpty()) {
          shown.put(
              id,
              best.stream()
                  .map(place -> places.computeIfAbsent(place, unknown -> places.size()))
                  .toList());
        }
      }
    }
    return new Prompting(
        suite.id(),
        "",
        List.of(),
        places.keySet().stream().map(passages::get).toList(),
        shown,
        Map.of());
  }

  /**
   * Returns which answers can be swapped: those that an item's passages say and its question does
   * not, each for a wrong choice or for another item's answer of the same kind.
   */
  static Map<String, Swap> swaps(Suite suite, Prompting prompting) {
    Map<String, List<Said>> byPlace = new LinkedHashMap<>();
    List<Said> all = new ArrayList<>();
    for (String id : prompting.shown().keySet().stream().sorted().toList()) {
      Item item = suite.item(id).orElseThrow();
      said(item, prompting.passages(id))
          .ifPresent(
              said -> {
                all.add(said);
                byPlace.computeIfAbsent(said.part().place(), place -> new ArrayList<>()).add(said);
              });
    }
    Map<String, Swap> swaps = new LinkedHashMap<>();
    for (Said said : all) {
      others(said, byPlace.get(said.part().place()))
          .filter(other -> !other.equalsIgnoreCase(said.part().text()))
          .filter(other -> !Swap.says(said.item().text(), other))
          .findFirst()
          .ifPresent(other -> swaps.put(said.item().id(), new Swap(said.part().text(), other)));
    }
    return swaps;
  }

  /** An answer that the passages of an item say. */
  private record Said(Item item, Answers.Part part) {}

  private static Optional<Said> said(Item item, List<Passage> shown) {
    return Answers.of(item).stream()
        .filter(part -> !part.text().isBlank() && !Swap.says(item.text(), part.text()))
        .filter(part -> shown.stream().anyMatch(one -> Swap.says(one.text(), part.text())))
        .findFirst()
        .map(part -> new Said(item, part));
  }

  /** A choice gives way to another choice, else an answer to that of the next item. */
  private static Stream<String> others(Said said, List<Said> ofPlace) {
    List<String> choices = Answers.alternatives(said.item());
    if (!choices.isEmpty()) {
      return choices.stream();
    }
    int at = ofPlace.indexOf(said);
    return Stream.concat(
            ofPlace.subList(at + 1, ofPlace.size()).stream(), ofPlace.subList(0, at).stream())
        .map(other -> other.part().text());
  }
}
