package dev.palimpsest.preflight.facts;

import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.inference.Prompt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Sets of four worked examples that a fact is asked after: other facts of its kind, of other kinds
 * where the file has too few. Facts of one kind share their sets, so that these are computed once.
 */
final class Examples {
  private static final int SHOTS = 4;
  private static final long SEED = 20_260_101;

  private final List<Fact> all;
  private final Map<String, List<Fact>> byKind = new HashMap<>();

  Examples(List<Fact> facts) {
    all = shuffled(facts, SEED);
    for (Fact fact : all) {
      byKind.computeIfAbsent(fact.kind(), kind -> new ArrayList<>()).add(fact);
    }
  }

  private static List<Fact> shuffled(List<Fact> facts, long seed) {
    List<Fact> shuffled = new ArrayList<>(facts);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled;
  }

  /**
   * Returns the examples of a set for a fact; itself, and whatever asks the same, is not among
   * them.
   */
  List<Fact> of(Fact fact, int set) {
    List<Fact> kind = byKind.getOrDefault(fact.kind(), List.of());
    List<Fact> shots = new ArrayList<>();
    take(shots, kind, fact, (SHOTS + 1) * set);
    take(shots, all, fact, (SHOTS + 1) * set);
    return shots;
  }

  private static void take(List<Fact> shots, List<Fact> from, Fact fact, int start) {
    for (int i = 0; i < from.size() && shots.size() < SHOTS; i++) {
      Fact next = from.get((start + i) % from.size());
      boolean same = shots.stream().anyMatch(one -> one.question().equals(next.question()));
      if (!same && !next.question().equals(fact.question())) {
        shots.add(next);
      }
    }
  }

  /**
   * Returns a fact as it is asked after examples.
   *
   * @param chat whether the model has a chat template
   */
  Prompt prompt(Fact fact, int set, boolean chat) {
    List<Fact> shots = of(fact, set);
    if (chat) {
      List<ChatMessage> messages = new ArrayList<>();
      for (Fact shot : shots) {
        messages.add(new ChatMessage("user", shot.question()));
        messages.add(new ChatMessage("assistant", shot.answer()));
      }
      messages.add(new ChatMessage("user", fact.question()));
      return new Prompt.Chat(messages, "");
    }
    StringBuilder text = new StringBuilder();
    shots.forEach(
        shot ->
            text.append("Q: ")
                .append(shot.question())
                .append("\nA: ")
                .append(shot.answer())
                .append("\n\n"));
    return new Prompt.Text(text.append("Q: ").append(fact.question()).append("\nA:").toString());
  }
}
