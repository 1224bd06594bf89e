package dev.palimpsest.suite.generate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Answers to questions of fact, half of them right, to be judged true or false: how sure a model is
 * of what it knows. The tables are those of {@link FactQuestions}.
 */
final class Statements implements Generator {
  @Override
  public List<ObjectNode> items(long seed, int count, List<FactTable> tables) {
    Random random = new Random(seed);
    List<ObjectNode> items = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    for (ObjectNode question : new FactQuestions().items(seed, 2 * count, tables)) {
      boolean right = random.nextBoolean();
      int answer = question.get("answer").intValue();
      int shown = right ? answer : (answer + 1 + random.nextInt(3)) % 4;
      String text =
          question.get("question").textValue()
              + "\nSomebody answers: "
              + question.get("choices").get(shown).textValue()
              + "\nIs this answer true or false?";
      if (items.size() < count && asked.add(text)) {
        items.add(item(seed, items.size() + 1, question, text, right, random));
      }
    }
    return items;
  }

  private static ObjectNode item(
      long seed, int number, ObjectNode question, String text, boolean right, Random random) {
    boolean trueFirst = random.nextBoolean();
    ObjectNode item = Json.mapper().createObjectNode();
    item.put("id", "gen-" + seed + "-" + number);
    item.put("kind", "choice");
    item.put("tier", question.get("tier").textValue());
    item.put("topic", question.get("topic").textValue());
    item.put("cluster", question.get("cluster").textValue());
    item.put("question", text);
    item.putArray("choices").add(trueFirst ? "true" : "false").add(trueFirst ? "false" : "true");
    item.put("answer", right == trueFirst ? 0 : 1);
    return item;
  }
}
