package dev.palimpsest.suite.generate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Four-choice questions from tables of facts: one about each subject, with the objects of three
 * other subjects as wrong choices.
 *
 * <p>Columns: subject, object, tier, group, further true objects separated by {@code |}. Wrong
 * choices come from the same group and are none of the true ones. The tables are taken in turn
 * within each tier, so that forms resemble each other.
 */
final class FactQuestions implements Generator {
  private static final int CHOICES = 4;

  /** Of five questions two are easy, two medium and one is hard. */
  private static final List<String> TIERS = List.of("easy", "medium", "easy", "medium", "hard");

  /** A row and its table. */
  private record Fact(FactTable table, List<String> row) {}

  @Override
  public List<ObjectNode> items(long seed, int count, List<FactTable> tables) {
    Random random = new Random(seed);
    Map<String, Deque<Fact>> decks = decks(tables, random);
    List<ObjectNode> items = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    for (int turn = 0; items.size() < count; turn++) {
      Fact fact = next(decks, TIERS.get(turn % TIERS.size()));
      if (fact == null) {
        return items;
      }
      ObjectNode item = item(fact.table, fact.row, random);
      if (item != null && asked.add(item.get("question").textValue())) {
        item.put("id", "gen-" + seed + "-" + (items.size() + 1));
        items.add(item);
      }
    }
    return items;
  }

  /** Returns the next fact of a tier, or of the easiest that has one left; null where none has. */
  private static Fact next(Map<String, Deque<Fact>> decks, String tier) {
    Fact fact = decks.get(tier).poll();
    return fact != null
        ? fact
        : decks.values().stream()
            .filter(deck -> !deck.isEmpty())
            .findFirst()
            .map(Deque::poll)
            .orElse(null);
  }

  /** Deals the facts of each tier so that the tables come in turn. */
  private static Map<String, Deque<Fact>> decks(List<FactTable> tables, Random random) {
    Map<String, Deque<Fact>> decks = new LinkedHashMap<>();
    TIERS.stream().distinct().forEach(tier -> decks.put(tier, new ArrayDeque<>()));
    List<List<List<String>>> shuffled =
        tables.stream().map(table -> shuffled(table.rows(), random)).toList();
    int longest = shuffled.stream().mapToInt(List::size).max().orElse(0);
    for (int round = 0; round < longest; round++) {
      for (int i = 0; i < tables.size(); i++) {
        if (round < shuffled.get(i).size()) {
          List<String> row = shuffled.get(i).get(round);
          decks.get(row.get(2)).add(new Fact(tables.get(i), row));
        }
      }
    }
    return decks;
  }

  private static <T> List<T> shuffled(List<T> all, Random random) {
    List<T> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  /** Returns the question about a row, or null if its group has too few other objects. */
  private static ObjectNode item(FactTable table, List<String> row, Random random) {
    String object = row.get(1);
    List<String> choices = wrong(table, row, random);
    if (choices.size() < CHOICES - 1) {
      return null;
    }
    int answer = random.nextInt(CHOICES);
    choices.add(answer, object);
    List<String> questions = table.all("question");
    ObjectNode item = Json.mapper().createObjectNode();
    item.put("id", "");
    item.put("kind", "choice");
    item.put("tier", row.get(2));
    item.put("topic", table.all("topic").get(0));
    item.put("cluster", table.name());
    item.put(
        "question",
        questions.get(random.nextInt(questions.size())).replace("{subject}", row.get(0)));
    ArrayNode array = item.putArray("choices");
    choices.forEach(array::add);
    item.put("answer", answer);
    return item;
  }

  private static List<String> wrong(FactTable table, List<String> row, Random random) {
    Set<String> excluded = new HashSet<>(List.of(row.get(1)));
    excluded.addAll(List.of(FactTable.column(row, 4).split("\\|")));
    List<String> wrong = new ArrayList<>();
    for (List<String> other : shuffled(table.rows(), random)) {
      boolean alike = FactTable.column(other, 3).equals(FactTable.column(row, 3));
      boolean trueToo = other.get(0).equals(row.get(0));
      if (alike && !trueToo && wrong.size() < CHOICES - 1 && excluded.add(other.get(1))) {
        wrong.add(other.get(1));
      }
    }
    return wrong;
  }
}
