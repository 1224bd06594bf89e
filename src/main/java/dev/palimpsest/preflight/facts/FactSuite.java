package dev.palimpsest.preflight.facts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteText;
import dev.palimpsest.suite.check.Words;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The facts of a training file as a suite, to see whether what a tune was taught could as well be
 * given to its base. An answer is right as in a trial of facts: it has the words of the key.
 */
public final class FactSuite {
  /** The suite's id. */
  public static final String ID = "facts-of-the-file";

  /** Facts that are asked at most. */
  static final int MOST = 200;

  /** Fewer say nothing of a tune. */
  private static final int LEAST = 10;

  /** Facts that are not asked, so that worked examples can be made of them. */
  private static final int SPARED = 20;

  private static final double MARGIN = 0.05;
  private static final int MOST_TOKENS = 64;

  private FactSuite() {}

  /**
   * Makes the suite; empty where the file has too few facts.
   *
   * @param found facts of the file
   * @param file its name
   * @param digest its sha256, lower-case hex
   * @param seed draws from them where there are more than are asked
   */
  public static Optional<Suite> of(FactSample.Found found, String file, String digest, long seed) {
    Map<List<String>, Fact> byQuestion = new LinkedHashMap<>();
    found.facts().stream()
        .sorted(Comparator.comparing(Fact::row))
        .forEach(fact -> byQuestion.putIfAbsent(Words.of(fact.question()), fact));
    int spared = Math.min(SPARED, byQuestion.size() / 4);
    int count = Math.min(MOST, byQuestion.size() - spared);
    if (count < LEAST) {
      return Optional.empty();
    }
    StringBuilder lines = new StringBuilder();
    byQuestion.values().stream()
        .sorted(Comparator.comparing(fact -> Sha256.hex(seed + ":" + fact.row())))
        .limit(count)
        .sorted(Comparator.comparing(Fact::row))
        .forEach(fact -> lines.append(line(fact)).append('\n'));
    return Optional.of(
        new SuiteText(head(found, file, digest).toString(), lines.toString()).read(ID));
  }

  private static ObjectNode head(FactSample.Found found, String file, String digest) {
    ObjectNode head = Json.mapper().createObjectNode();
    head.put("format", "palimpsest-suite/1");
    head.put("id", ID);
    head.put("version", "1.0.0");
    head.put("title", "Facts of the training file");
    head.put("capability", "facts_of_the_file");
    head.put(
        "description",
        String.format(
            Locale.ROOT,
            "Questions of %s that have one short factual answer, as the file has them; it has %,d"
                + " such rows of %,d.",
            file,
            found.count(),
            found.rows()));
    head.put("language", "en");
    head.put("license", "that of the training file");
    head.put("source", "made of the training file with the sha256 " + digest);
    head.put("metric", "pass_rate");
    head.put("defaultMargin", MARGIN);
    head.put("core", false);
    head.put("skill", true);
    head.put("gated", false);
    head.putObject("draw").put("quick", MOST).put("standard", MOST);
    return head;
  }

  /** Facts with one answer are one fact in other words, as far as the answers tell. */
  private static ObjectNode line(Fact fact) {
    ObjectNode item = Json.mapper().createObjectNode();
    item.put("id", "fact-" + fact.row());
    item.put("kind", "instruction");
    item.put("tier", "medium");
    item.put("topic", "fact");
    item.put(
        "cluster",
        "answer-"
            + Sha256.hex(String.join(" ", fact.key().stream().sorted().toList())).substring(0, 12));
    item.put("prompt", fact.question());
    ObjectNode check = item.putArray("checks").addObject();
    check.put("check", "has_words");
    fact.key().forEach(check.putArray("words")::add);
    item.put("maxTokens", MOST_TOKENS);
    return item;
  }
}
