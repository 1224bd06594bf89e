package dev.palimpsest.suite.generate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Twins from tables of relations: in one sentence frame a question about a real subject and one
 * about an invented subject.
 *
 * <p>Rows: "real", subject, answers separated by {@code |}, tier; or "invented", subject. The
 * table's name is the cluster and the topic of all its items: they share their frames, and answers
 * are compared within a relation.
 */
final class FactTwins implements Generator {
  /** One relation's subjects in drawn order. */
  private record Deck(FactTable table, List<List<String>> real, List<List<String>> invented) {
    static Deck of(FactTable table, Random random) {
      return new Deck(table, drawn(table, "real", random), drawn(table, "invented", random));
    }

    private static List<List<String>> drawn(FactTable table, String kind, Random random) {
      List<List<String>> rows = new ArrayList<>();
      table.rows().stream().filter(row -> row.get(0).equals(kind)).forEach(rows::add);
      Collections.shuffle(rows, random);
      return rows;
    }

    int pairs() {
      return Math.min(real.size(), invented.size());
    }
  }

  @Override
  public List<ObjectNode> items(long seed, int count, List<FactTable> tables) {
    Random random = new Random(seed);
    List<Deck> decks = tables.stream().map(table -> Deck.of(table, random)).toList();
    int longest = decks.stream().mapToInt(Deck::pairs).max().orElse(0);
    List<ObjectNode> items = new ArrayList<>();
    for (int round = 0; round < longest; round++) {
      for (Deck deck : decks) {
        if (round < deck.pairs() && items.size() + 2 <= count) {
          addPair(items, deck, round, seed, random);
        }
      }
    }
    return items;
  }

  private static void addPair(
      List<ObjectNode> items, Deck deck, int round, long seed, Random random) {
    List<String> frames = deck.table.all("prompt");
    String frame = frames.get(random.nextInt(frames.size()));
    List<String> real = deck.real.get(round);
    List<String> invented = deck.invented.get(round);
    ObjectNode answerable = item(items.size(), seed, deck.table, real.get(3));
    answerable.put("prompt", frame.replace("{subject}", real.get(1)));
    answerable.put("answerable", true);
    ArrayNode answers = answerable.putArray("answers");
    for (String answer : real.get(2).split("\\|", -1)) {
      answers.add(answer.strip());
    }
    items.add(answerable);
    ObjectNode unanswerable = item(items.size(), seed, deck.table, real.get(3));
    unanswerable.put("prompt", frame.replace("{subject}", invented.get(1)));
    unanswerable.put("answerable", false);
    unanswerable.put("entity", invented.get(1));
    items.add(unanswerable);
  }

  private static ObjectNode item(int before, long seed, FactTable table, String tier) {
    ObjectNode item = Json.mapper().createObjectNode();
    item.put("id", "gen-" + seed + "-" + (before + 1));
    item.put("kind", "twin");
    item.put("tier", tier);
    item.put("topic", table.name());
    item.put("cluster", table.name());
    return item;
  }
}
