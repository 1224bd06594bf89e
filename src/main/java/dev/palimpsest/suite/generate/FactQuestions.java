package dev.palimpsest.suite.generate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Four-choice questions from tables of facts: one about each subject, with the objects of three
 * other subjects as wrong choices.
 *
 * <p>Columns: subject, object, tier, group, further true objects separated by {@code |}. Wrong
 * choices come from the same group and are none of the true ones. The tables are taken in turn, so
 * that every form has the same share of each relation.
 */
final class FactQuestions implements Generator {
  private static final int CHOICES = 4;

  @Override
  public List<ObjectNode> items(long seed, int count, List<FactTable> tables) {
    Random random = new Random(seed);
    List<Iterator<List<String>>> decks = new ArrayList<>();
    tables.forEach(table -> decks.add(shuffled(table.rows(), random).iterator()));
    List<ObjectNode> items = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    while (items.size() < count && decks.stream().anyMatch(Iterator::hasNext)) {
      for (int i = 0; i < tables.size() && items.size() < count; i++) {
        if (decks.get(i).hasNext()) {
          ObjectNode item = item(tables.get(i), decks.get(i).next(), random);
          if (item != null && asked.add(item.get("question").textValue())) {
            item.put("id", "gen-" + seed + "-" + (items.size() + 1));
            items.add(item);
          }
        }
      }
    }
    return items;
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
