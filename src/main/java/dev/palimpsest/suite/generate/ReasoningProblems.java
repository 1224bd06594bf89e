package dev.palimpsest.suite.generate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Four-choice problems from templates with other names, things and numbers each time. The templates
 * are taken in turn, so that every form has the same share of each; where the answer is a number,
 * its rank among the choices is dealt evenly.
 */
final class ReasoningProblems implements Generator {
  private static final int CHOICES = 4;

  /** After so many repeated questions for each template there are no more new ones. */
  private static final int MISSES = 200;

  @Override
  public List<ObjectNode> items(long seed, int count, List<FactTable> tables) {
    Random random = new Random(seed);
    Ranks ranks = new Ranks(random);
    List<Template> templates = Templates.ALL;
    List<ObjectNode> items = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    int misses = 0;
    for (int turn = 0; items.size() < count && misses < MISSES * templates.size(); turn++) {
      Template template = templates.get(turn % templates.size());
      Problem problem = template.draw(new Draw(random, ranks));
      if (asked.add(problem.question())) {
        items.add(item("gen-" + seed + "-" + (items.size() + 1), template, problem, random));
      } else {
        misses++;
      }
    }
    return items;
  }

  private static ObjectNode item(String id, Template template, Problem problem, Random random) {
    ObjectNode item = Json.mapper().createObjectNode();
    item.put("id", id);
    item.put("kind", "choice");
    item.put("tier", template.tier());
    item.put("topic", template.topic());
    item.put("cluster", template.name());
    item.put("question", problem.question());
    int answer = random.nextInt(CHOICES);
    List<String> choices = new ArrayList<>(problem.wrong());
    choices.add(answer, problem.right());
    ArrayNode array = item.putArray("choices");
    choices.forEach(array::add);
    item.put("answer", answer);
    return item;
  }
}
