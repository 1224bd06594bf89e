package dev.palimpsest.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.web.failure.WebException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * What a page shows of preflight.json.
 *
 * @param file its figures in a sentence
 * @param faults how many findings of the lint are faults
 * @param lint what the lint found
 * @param notes beside it
 * @param overlap items of the probes that stand in the file, by suite
 * @param cues what stands around its questions
 * @param facts which facts the base knows; null where it was not asked
 * @param tuned what tuned checkpoints show of the file
 */
public record PreflightView(
    String file,
    long faults,
    List<Finding> lint,
    List<String> notes,
    List<Overlapping> overlap,
    List<String> cues,
    Facts facts,
    List<Tuned> tuned) {
  /** A finding of the lint. */
  public record Finding(String severity, String sentence, String advice, String rows) {
    /** Tells whether it is a fault. */
    public boolean isFault() {
      return severity.equals("fault");
    }
  }

  /** An item of a suite that stands in the file. */
  public record Overlapping(String suite, String item, String rows) {}

  /**
   * Which facts the base knows.
   *
   * @param sentence how many were tried, and how
   * @param guesses how many right answers were no more than guesses, in words; "" for none
   * @param forecast what learning the unknown ones costs; "" where none was tried
   */
  public record Facts(
      String sentence,
      List<Category> categories,
      List<Kind> kinds,
      String guesses,
      String forecast) {}

  /** Facts that are known as well as each other. */
  public record Category(
      String name, int count, String share, String interval, List<Example> examples) {}

  /** A fact, and what the base says. */
  public record Example(int row, String question, String answer, String said) {}

  /** Facts of one kind. */
  public record Kind(String kind, int facts, int highly, int maybe, int weakly, int unknown) {}

  /** What a tuned checkpoint shows of the file. */
  public record Tuned(
      String name,
      String drift,
      String plain,
      String memorised,
      List<Passage> passages,
      String names) {}

  /** Words that came back. */
  public record Passage(String text, int words, int row, String beginning, String alpha) {}

  /** Reads preflight.json. */
  static PreflightView of(String json) {
    try {
      return of(Json.mapper().readTree(json));
    } catch (JsonProcessingException e) {
      throw new WebException(500, "This result cannot be read; remove it and ask again.", e);
    }
  }

  private static PreflightView of(JsonNode root) {
    List<Finding> lint =
        list(root.path("lint")).stream()
            .map(
                one ->
                    new Finding(
                        one.path("severity").asText(),
                        one.path("sentence").asText(),
                        one.path("advice").asText(),
                        rows(one.path("examples"), one.path("rows").asInt())))
            .toList();
    return new PreflightView(
        file(root),
        lint.stream().filter(Finding::isFault).count(),
        lint,
        list(root.path("notes")).stream().map(JsonNode::asText).toList(),
        list(root.path("overlap")).stream()
            .map(
                one ->
                    new Overlapping(
                        one.path("suite").asText(),
                        one.path("item").asText(),
                        rows(one.path("rows"), 0)))
            .toList(),
        list(root.path("context").path("cues")).stream().map(PreflightView::cue).toList(),
        root.has("facts") ? facts(root.get("facts")) : null,
        list(root.path("tuned")).stream().map(PreflightView::tuned).toList());
  }

  private static String file(JsonNode root) {
    JsonNode tokens = root.path("tokensOfARow");
    String rows = String.format(Locale.ROOT, "%,d rows", root.path("rows").asInt());
    return tokens.has("median")
        ? String.format(
            Locale.ROOT,
            "%s, of %,d tokens at the median, %,d at the 95th percentile, %,d at the most.",
            rows,
            tokens.path("median").asInt(),
            tokens.path("p95").asInt(),
            tokens.path("most").asInt())
        : rows + ".";
  }

  private static String rows(JsonNode numbers, int all) {
    List<String> some = list(numbers).stream().map(JsonNode::asText).toList();
    return String.join(", ", some) + (all > some.size() ? ", …" : "");
  }

  private static String cue(JsonNode cue) {
    String system = cue.path("system").asText();
    return String.format(
        Locale.ROOT,
        "Around %.0f%% of the questions: %s%s",
        100 * cue.path("share").asDouble(),
        cue.path("prefix").asText() + "…" + cue.path("suffix").asText(),
        system.isEmpty() ? "" : "; system prompt: " + system);
  }

  private static Facts facts(JsonNode facts) {
    List<Category> categories = new ArrayList<>();
    facts
        .path("categories")
        .properties()
        .forEach(entry -> categories.add(category(entry.getKey(), entry.getValue())));
    int guessed = facts.path("guessed").asInt();
    return new Facts(
        String.format(
            Locale.ROOT,
            "%,d of %,d rows have a question with a short factual answer; %,d were tried, with %d"
                + " answers each.",
            facts.path("found").asInt(),
            facts.path("rows").asInt(),
            facts.path("tried").asInt(),
            facts.path("answersOfAFact").asInt()),
        categories,
        list(facts.path("kinds")).stream().map(PreflightView::kind).toList(),
        guessed == 0
            ? ""
            : guessed
                + " of the unknown were answered right no more often than the base gives that answer"
                + " to other questions of the kind: guesses.",
        facts.path("forecast").path("sentence").asText());
  }

  private static Category category(String name, JsonNode one) {
    JsonNode interval = one.path("ci95");
    return new Category(
        name,
        one.path("count").asInt(),
        new Show().percentRound(one.path("share").asDouble()),
        String.format(
            Locale.ROOT,
            "%.0f to %.0f%%",
            100 * interval.path(0).asDouble(),
            100 * interval.path(1).asDouble()),
        list(one.path("examples")).stream()
            .filter(example -> !example.path("question").asText().isEmpty())
            .map(
                example ->
                    new Example(
                        example.path("row").asInt(),
                        example.path("question").asText(),
                        example.path("answer").asText(),
                        example.path("said").asText()))
            .toList());
  }

  private static Kind kind(JsonNode one) {
    return new Kind(
        one.path("kind").asText(),
        one.path("facts").asInt(),
        one.path("HighlyKnown").asInt(),
        one.path("MaybeKnown").asInt(),
        one.path("WeaklyKnown").asInt(),
        one.path("Unknown").asInt());
  }

  private static Tuned tuned(JsonNode one) {
    JsonNode memorised = one.path("memorised");
    List<Passage> passages =
        list(memorised.path("passages")).stream()
            .map(
                passage ->
                    new Passage(
                        passage.path("text").asText(),
                        passage.path("words").asInt(),
                        passage.path("row").asInt(),
                        passage.path("beginning").asText(),
                        passage.path("alpha").asText()))
            .toList();
    String names =
        String.join(
            ", ",
            list(memorised.path("names")).stream()
                .map(name -> name.path("name").asText() + " (row " + name.path("row") + ")")
                .toList());
    return new Tuned(
        one.path("name").asText(),
        one.path("drift").path("sentence").asText(),
        one.path("plainText").path("sentence").asText(),
        memorised.path("sentence").asText(),
        passages,
        names);
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
