package dev.palimpsest.preflight.facts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.inference.GenerateOptions;
import dev.palimpsest.inference.GenerateRequest;
import dev.palimpsest.inference.Generation;
import dev.palimpsest.inference.ModelRunner;
import dev.palimpsest.inference.Prompt;
import dev.palimpsest.inference.ScoreRequest;
import dev.palimpsest.preflight.AnsweredPrompts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks a model for facts, each after several sets of worked examples: the likeliest answer once,
 * and some sampled ones at temperature 0.5.
 */
public final class FactTrial {
  private static final double TEMPERATURE = 0.5;
  private static final int ROOM = 4;
  private static final int MOST_TOKENS = 64;

  /** Facts that are asked in one call. */
  private static final int TOGETHER = 32;

  private static final long SEED = 1;

  private final ModelRunner model;
  private final Optional<String> adapter;
  private final String digest;
  private final FactMode mode;
  private final AnswerCache cache;
  private final Consumer<String> progress;

  /**
   * Prepares a trial.
   *
   * @param adapter of the base's, where it has one
   * @param digest tells the model's files from others; with it answers are kept
   * @param progress hears in a sentence how far it is
   */
  public FactTrial(
      ModelRunner model,
      Optional<String> adapter,
      String digest,
      FactMode mode,
      AnswerCache cache,
      Consumer<String> progress) {
    this.model = model;
    this.adapter = adapter;
    this.digest = digest;
    this.mode = mode;
    this.cache = cache;
    this.progress = progress;
  }

  /**
   * What a model said of a fact.
   *
   * @param greedy the likeliest answers, one for each set of examples
   * @param sampled the others
   */
  public record Answers(List<String> greedy, List<String> sampled) {
    public Answers {
      greedy = List.copyOf(greedy);
      sampled = List.copyOf(sampled);
    }
  }

  /**
   * Tries facts of a file.
   *
   * @param found its facts
   * @param limit how many are tried at most
   */
  public KnownFacts of(FactSample.Found found, int limit) {
    List<Fact> chosen =
        found.facts().stream()
            .limit(limit)
            .sorted(Comparator.comparing(Fact::kind).thenComparing(Fact::row))
            .toList();
    if (mode == FactMode.NONE || chosen.isEmpty()) {
      return KnownFacts.none(mode, found);
    }
    Examples examples = new Examples(found.facts());
    Map<Fact, Answers> answers = new LinkedHashMap<>();
    Clock clock = new Clock(chosen.size());
    for (int from = 0; from < chosen.size(); from += TOGETHER) {
      List<Fact> part = chosen.subList(from, Math.min(from + TOGETHER, chosen.size()));
      clock.says(answers.size());
      answers.putAll(asked(part, examples, clock));
    }
    return KnownFacts.of(mode, found, answers);
  }

  /** Says how far the trial is, and how long the rest takes. */
  private final class Clock {
    private final int facts;
    private final long started = System.nanoTime();
    private int asked;

    Clock(int facts) {
      this.facts = facts;
    }

    void says(int done) {
      if (asked == 0) {
        progress.accept(
            String.format(
                Locale.ROOT, "Trying %,d facts, %,d answers each", facts, mode.answers()));
        return;
      }
      double each = (System.nanoTime() - started) / 1e9 / asked;
      progress.accept(
          String.format(
              Locale.ROOT,
              "Tried %,d of %,d facts, about %s left",
              done,
              facts,
              duration(each * (facts - done))));
    }

    private static String duration(double seconds) {
      return seconds < 100 ? Math.round(seconds) + " s" : Math.round(seconds / 60) + " min";
    }
  }

  private Map<Fact, Answers> asked(List<Fact> facts, Examples examples, Clock clock) {
    boolean chat = model.description().format(adapter).hasChatTemplate();
    Map<Fact, Answers> answers = new LinkedHashMap<>();
    List<Fact> open = new ArrayList<>();
    Map<Fact, List<Prompt>> prompts = new LinkedHashMap<>();
    for (Fact fact : facts) {
      List<Prompt> sets = new ArrayList<>();
      for (int set = 0; set < mode.sets(); set++) {
        sets.add(examples.prompt(fact, set, chat));
      }
      prompts.put(fact, sets);
      Optional<Answers> kept = cache.find(key(fact, sets)).flatMap(FactTrial::read);
      kept.ifPresent(one -> answers.put(fact, one));
      if (kept.isEmpty()) {
        open.add(fact);
      }
    }
    if (!open.isEmpty()) {
      clock.asked += open.size();
      Map<Fact, Answers> said = generated(open, prompts);
      said.forEach((fact, one) -> cache.keep(key(fact, prompts.get(fact)), written(one)));
      answers.putAll(said);
    }
    return answers;
  }

  private Map<Fact, Answers> generated(List<Fact> facts, Map<Fact, List<Prompt>> prompts) {
    List<AnsweredPrompts.Pair> pairs = new ArrayList<>();
    for (Fact fact : facts) {
      prompts.get(fact).forEach(one -> pairs.add(new AnsweredPrompts.Pair(one, answer(fact, one))));
    }
    List<GenerateRequest> requests = new ArrayList<>();
    for (ScoreRequest asked :
        AnsweredPrompts.encode(texts -> model.encode(adapter, texts), pairs)) {
      int most = Math.min(asked.continuationIds().get(0).length + ROOM, MOST_TOKENS);
      requests.add(new GenerateRequest(asked.contextIds(), GenerateOptions.greedy(most)));
      for (int i = 0; i < mode.samples(); i++) {
        GenerateOptions sampled = new GenerateOptions(most, TEMPERATURE, 1, SEED);
        requests.add(new GenerateRequest(asked.contextIds(), sampled));
      }
    }
    List<Generation> made = model.generate(adapter, requests);
    Map<Fact, Answers> answers = new LinkedHashMap<>();
    int at = 0;
    for (Fact fact : facts) {
      List<String> greedy = new ArrayList<>();
      List<String> sampled = new ArrayList<>();
      for (int set = 0; set < mode.sets(); set++) {
        greedy.add(firstLine(made.get(at++).text()));
        for (int i = 0; i < mode.samples(); i++) {
          sampled.add(firstLine(made.get(at++).text()));
        }
      }
      answers.put(fact, new Answers(greedy, sampled));
    }
    return answers;
  }

  private static String answer(Fact fact, Prompt prompt) {
    return prompt instanceof Prompt.Chat ? fact.answer() : " " + fact.answer();
  }

  /** What follows the answer is the next question that the model makes up. */
  private static String firstLine(String text) {
    return text.strip().lines().findFirst().orElse("").strip();
  }

  private String key(Fact fact, List<Prompt> prompts) {
    return Sha256.hex(
        String.join(
            "\n",
            "slick-1",
            digest,
            model.description().tokenizerDigest(),
            model.description().templateDigest(),
            mode.label(),
            fact.answer(),
            prompts.toString()));
  }

  private static String written(Answers answers) {
    return Json.mapper().valueToTree(answers).toString();
  }

  private static Optional<Answers> read(String json) {
    try {
      return Optional.of(Json.mapper().readValue(json, new TypeReference<Answers>() {}));
    } catch (JsonProcessingException e) {
      return Optional.empty(); // by another version; it is asked again
    }
  }
}
