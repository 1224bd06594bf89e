package dev.palimpsest.suite.generate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Instructions composed of a subject, a form and up to two further constraints, each checked by
 * program; a check of the subject and one of prose keep junk from passing.
 *
 * <p>The table {@code subjects} gives subjects with words that an answer about each is likely to
 * use: subject, words separated by {@code |}, a word to be used. Tiers are the number of
 * constraints: one is easy, two are medium, three hard.
 */
final class ComposedInstructions implements Generator {
  /** A form of answer and the constraints that go with it. */
  private interface Part {
    /** Adds its checks and returns its words. */
    String add(ArrayNode checks, List<String> subject, Random random);
  }

  private static final List<Part> FORMS =
      List.of(
          (checks, subject, random) -> {
            count(checks, "sentence_count", "exactly", 1);
            return "Write one sentence about " + subject.get(0) + ".";
          },
          (checks, subject, random) -> {
            count(checks, "sentence_count", "exactly", 2);
            return "Write two sentences about " + subject.get(0) + ".";
          },
          (checks, subject, random) -> {
            int most = 20 + 5 * random.nextInt(5);
            count(checks, "word_count", "atMost", most);
            return "In at most " + most + " words, say something about " + subject.get(0) + ".";
          },
          (checks, subject, random) -> {
            int least = 12 + 4 * random.nextInt(4);
            count(checks, "word_count", "atLeast", least);
            return "Use at least "
                + least
                + " words to say something about "
                + subject.get(0)
                + ".";
          },
          (checks, subject, random) -> {
            words(checks, "contains_all", "words", List.of(subject.get(2)));
            return "Write a sentence about "
                + subject.get(0)
                + " in which the word "
                + subject.get(2)
                + " occurs.";
          },
          (checks, subject, random) -> {
            count(checks, "paragraph_count", "exactly", 1);
            return "Write one short paragraph about " + subject.get(0) + ".";
          });

  private static final List<Part> FURTHER =
      List.of(
          (checks, subject, random) -> {
            count(checks, "text_count", "exactly", 0).put("text", ",");
            return "Use no commas.";
          },
          (checks, subject, random) -> {
            String word = pick(List.of("very", "good", "thing", "really", "nice", "many"), random);
            words(checks, "excludes_words", "words", List.of(word));
            return "Do not use the word " + word + ".";
          },
          (checks, subject, random) -> {
            String begin = pick(List.of("Today", "Every", "Sometimes", "Once", "Few"), random);
            words(checks, "starts_with", "anyOf", List.of(begin));
            return "Begin with the word " + begin + ".";
          },
          (checks, subject, random) -> {
            count(checks, "pattern_count", "exactly", 0).put("pattern", "[0-9]");
            return "Use no digits.";
          },
          (checks, subject, random) -> {
            checks.addObject().put("check", "ends_with").putArray("anyOf").add("!");
            return "End with an exclamation mark.";
          },
          (checks, subject, random) -> {
            checks.addObject().put("check", "lowercase");
            return "Write in lower-case letters only.";
          },
          (checks, subject, random) -> {
            checks.addObject().put("check", "quoted");
            return "Put the whole answer in double quotation marks.";
          },
          (checks, subject, random) -> {
            String letter = pick(List.of("z", "q", "x", "j"), random);
            checks.addObject().put("check", "excludes_letters").put("letters", letter);
            return "Do not use the letter " + letter + ".";
          });

  @Override
  public List<ObjectNode> items(long seed, int count, List<FactTable> tables) {
    Random random = new Random(seed);
    List<List<String>> subjects = new ArrayList<>();
    tables.forEach(table -> subjects.addAll(table.rows()));
    List<ObjectNode> items = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    int misses = 0;
    while (items.size() < count && !subjects.isEmpty() && misses < 50 * count) {
      ObjectNode item = item(subjects.get(random.nextInt(subjects.size())), random);
      if (asked.add(item.get("prompt").textValue())) {
        item.put("id", "gen-" + seed + "-" + (items.size() + 1));
        items.add(item);
      } else {
        misses++;
      }
    }
    return items;
  }

  private static ObjectNode item(List<String> subject, Random random) {
    // Seven in ten are easy, as small models have nothing to lose on the others.
    int draw = random.nextInt(10);
    int further = draw < 7 ? 0 : draw < 9 ? 1 : 2;
    ArrayNode checks = Json.mapper().createArrayNode();
    int form = random.nextInt(FORMS.size());
    StringBuilder prompt = new StringBuilder(FORMS.get(form).add(checks, subject, random));
    List<Part> parts = new ArrayList<>(FURTHER);
    Collections.shuffle(parts, random);
    parts
        .subList(0, further)
        .forEach(part -> prompt.append(' ').append(part.add(checks, subject, random)));
    words(checks, "contains_any", "words", List.of(subject.get(1).split("\\|")));
    checks.addObject().put("check", "prose");
    ObjectNode item = Json.mapper().createObjectNode();
    item.put("id", "");
    item.put("kind", "instruction");
    item.put("tier", List.of("easy", "medium", "hard").get(further));
    item.put("topic", further == 0 ? "composed-one" : "composed-several");
    item.put("cluster", "composed-form-" + (form + 1));
    item.put("prompt", prompt.toString());
    item.set("checks", checks);
    item.put("maxTokens", 64);
    return item;
  }

  private static <T> T pick(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private static ObjectNode count(ArrayNode checks, String check, String limit, int value) {
    return checks.addObject().put("check", check).put(limit, value);
  }

  private static void words(ArrayNode checks, String check, String field, List<String> words) {
    ArrayNode array = checks.addObject().put("check", check).putArray(field);
    words.forEach(word -> array.add(word.strip()));
  }
}
