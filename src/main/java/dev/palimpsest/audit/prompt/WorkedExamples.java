package dev.palimpsest.audit.prompt;

import dev.palimpsest.audit.plan.PlanException;
import dev.palimpsest.retrieval.PassageIndex;
import dev.palimpsest.suite.Conversation;
import dev.palimpsest.suite.Conversation.Role;
import dev.palimpsest.suite.Conversation.Turn;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.choice.ChoiceItem;
import dev.palimpsest.training.TrainingFile;
import dev.palimpsest.training.TrainingRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Worked examples for the items of a suite, apart from them.
 *
 * <p>A suite of choices that brings its own (shots.jsonl) gives those. Otherwise they come from the
 * training file: of its rows, a sample of {@link #POOL} where it has more, those that share most
 * with what the suite's items have in common (BM25), eight times as many as are wanted; of these
 * the seed takes some with different answers. Rows whose question is one of the items' are left
 * out.
 */
final class WorkedExamples {
  private static final int POOL = 20_000;
  private static final int LONGEST = 2_000;
  private static final int CANDIDATES = 8;
  private static final int COMMON_WORDS = 40;
  private static final int SHORTEST_PART = 30;

  private final Suite suite;
  private final long seed;

  WorkedExamples(Suite suite, long seed) {
    this.suite = suite;
    this.seed = seed;
  }

  /** A question and its answer. */
  private record Example(String system, String question, String answer) {}

  /**
   * Returns examples as what stands before an item.
   *
   * @param training what the tune was trained on, if it is known
   * @throws PlanException if there are none to be had
   */
  Conversation take(int count, Optional<TrainingFile> training) {
    if (hasShots()) {
      return conversation(shots().limit(count).toList());
    }
    if (training.isEmpty()) {
      throw new PlanException(
          "The suite "
              + suite.id()
              + " brings no worked examples; name the training file, from which some are taken.");
    }
    List<Example> taken = taken(pool(training.get()), count);
    if (taken.isEmpty()) {
      throw new PlanException(
          "No row of "
              + training.get().path().getFileName()
              + " can be an example for the suite "
              + suite.id()
              + "; it takes a question of at most 2,000 characters with an answer.");
    }
    return conversation(taken);
  }

  /** Tells whether the suite brings examples of its own. */
  boolean hasShots() {
    return !suite.shots().isEmpty()
        && suite.shots().stream().allMatch(ChoiceItem.class::isInstance);
  }

  private Stream<Example> shots() {
    return suite.shots().stream()
        .map(ChoiceItem.class::cast)
        .map(
            shot ->
                new Example(
                    "",
                    shot.question(),
                    (suite.answerPrefix() + " " + shot.choices().get(shot.answer()) + ".")
                        .strip()));
  }

  /** What all examples begin with is given too: the tune was taught under it. */
  private static Conversation conversation(List<Example> examples) {
    Set<String> systems = examples.stream().map(Example::system).collect(Collectors.toSet());
    List<Turn> turns = new ArrayList<>();
    for (Example example : examples) {
      turns.add(new Turn(Role.USER, example.question()));
      turns.add(new Turn(Role.ASSISTANT, example.answer()));
    }
    return new Conversation(systems.size() == 1 ? systems.iterator().next() : "", turns);
  }

  private List<Example> pool(TrainingFile file) {
    Set<String> asked =
        suite.items().stream()
            .map(Item::text)
            .map(WorkedExamples::plain)
            .collect(Collectors.toSet());
    List<Example> pool = new ArrayList<>();
    Random random = new Random(seed);
    int[] seen = new int[1];
    file.rows(
        row -> {
          if (isExample(row, asked)) {
            Example example = new Example(row.system(), row.question(), row.answer());
            seen[0]++;
            if (pool.size() < POOL) {
              pool.add(example);
            } else {
              int at = random.nextInt(seen[0]);
              if (at < POOL) {
                pool.set(at, example);
              }
            }
          }
        });
    return pool;
  }

  private static boolean isExample(TrainingRow row, Set<String> asked) {
    if (row.question().isBlank()
        || row.answer().isBlank()
        || row.question().length() + row.answer().length() > LONGEST) {
      return false;
    }
    String question = plain(row.question());
    return asked.stream().noneMatch(item -> isWithin(item, question) || isWithin(question, item));
  }

  private static boolean isWithin(String text, String other) {
    return text.equals(other) || (text.length() >= SHORTEST_PART && other.contains(text));
  }

  private List<Example> taken(List<Example> pool, int count) {
    List<Example> candidates = candidates(pool, count);
    Collections.shuffle(candidates, new Random(seed));
    Set<String> answers = new HashSet<>();
    List<Example> taken = new ArrayList<>();
    for (Example candidate : candidates) {
      if (taken.size() < count && answers.add(plain(candidate.answer()))) {
        taken.add(candidate);
      }
    }
    return taken;
  }

  private List<Example> candidates(List<Example> pool, int count) {
    List<String> questions = pool.stream().map(Example::question).toList();
    try (PassageIndex index = new PassageIndex(questions, suite.info().language())) {
      Set<Integer> places = new LinkedHashSet<>(index.best(common(), CANDIDATES * count));
      for (int i = 0; i < pool.size() && places.size() < count; i++) {
        places.add(i);
      }
      return new ArrayList<>(places.stream().map(pool::get).toList());
    }
  }

  /** Returns the words that most items of the suite have. */
  private String common() {
    Map<String, Integer> items = new HashMap<>();
    for (Item item : suite.items()) {
      Stream.of(plain(item.text()).split(" ", -1))
          .distinct()
          .forEach(word -> items.merge(word, 1, Integer::sum));
    }
    return items.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Integer> entry) -> -entry.getValue())
                .thenComparing(Map.Entry::getKey))
        .limit(COMMON_WORDS)
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(" "));
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
