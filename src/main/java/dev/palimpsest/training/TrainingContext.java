package dev.palimpsest.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The context that a tune was trained in, learned from its file: what stands around the questions,
 * how answers are formed, and what the file is about.
 *
 * @param rows training rows
 * @param asked rows that have a question
 * @param cues what stands around questions, the most frequent first; the plain ones are not among
 *     them
 * @param plainShare share of the rows with a question around which nothing of this stands
 * @param formats how many answers are of which form, the most frequent first
 * @param topicWords words that many rows have and that are no words of everyday, the most frequent
 *     first
 */
public record TrainingContext(
    int rows,
    int asked,
    List<Cue> cues,
    double plainShare,
    Map<AnswerKind, Integer> formats,
    List<String> topicWords) {
  /** Most rows that the context is learned from; longer files are sampled evenly. */
  static final int MOST_ROWS = 20_000;

  /** A cue stands in at least this share of the rows that have a question. */
  static final double LEAST_SHARE = 0.05;

  /** And in at least this many of them. */
  static final int LEAST_ROWS = 5;

  private static final int MOST_CUES = 3;
  private static final int MOST_WORDS = 12;

  /** Words that tell nothing about a topic. */
  private static final Set<String> EVERYDAY =
      Set.of(
          "about",
          "above",
          "after",
          "again",
          "also",
          "always",
          "another",
          "answer",
          "because",
          "been",
          "before",
          "being",
          "best",
          "between",
          "both",
          "cannot",
          "could",
          "does",
          "doing",
          "done",
          "each",
          "else",
          "every",
          "example",
          "find",
          "first",
          "following",
          "from",
          "give",
          "given",
          "good",
          "have",
          "having",
          "help",
          "here",
          "into",
          "just",
          "keep",
          "know",
          "like",
          "long",
          "made",
          "make",
          "many",
          "more",
          "most",
          "much",
          "must",
          "need",
          "never",
          "only",
          "other",
          "over",
          "people",
          "please",
          "question",
          "really",
          "right",
          "said",
          "same",
          "should",
          "show",
          "some",
          "something",
          "still",
          "such",
          "take",
          "tell",
          "text",
          "than",
          "thank",
          "thanks",
          "that",
          "their",
          "them",
          "then",
          "there",
          "these",
          "they",
          "thing",
          "things",
          "think",
          "this",
          "those",
          "time",
          "under",
          "used",
          "using",
          "very",
          "want",
          "week",
          "well",
          "were",
          "what",
          "when",
          "where",
          "which",
          "while",
          "will",
          "with",
          "without",
          "word",
          "words",
          "work",
          "would",
          "write",
          "your");

  public TrainingContext {
    cues = List.copyOf(cues);
    formats = Map.copyOf(formats);
    topicWords = List.copyOf(topicWords);
  }

  /**
   * Reads a file and learns from it.
   *
   * @throws TrainingException if the file cannot be read or a row is no training example
   */
  public static TrainingContext of(TrainingFile file) {
    Learner learner = learner();
    file.rows(learner::see);
    return learner.learned();
  }

  /** Returns something that learns from rows as they go by. */
  public static Learner learner() {
    return new Learner(MOST_ROWS);
  }

  /** Learns from rows. */
  static TrainingContext of(List<TrainingRow> rows, int seen) {
    List<TrainingRow> asked = rows.stream().filter(row -> !row.question().isBlank()).toList();
    Surroundings prefixes = Surroundings.before(questions(asked));
    Surroundings suffixes = Surroundings.after(questions(asked));
    Map<String, Integer> systems = frequent(asked);
    Map<List<String>, Integer> together = new LinkedHashMap<>();
    for (TrainingRow row : asked) {
      String system = systems.containsKey(row.system()) ? row.system() : "";
      String prefix = prefixes.of(row.question());
      String suffix = suffixes.of(row.question().substring(prefixes.length(row.question())));
      together.merge(List.of(system, prefix, suffix), 1, Integer::sum);
    }
    List<Cue> cues = cues(together, asked.size());
    int plain = together.getOrDefault(List.of("", "", ""), 0);
    return new TrainingContext(
        seen,
        asked.size(),
        cues,
        asked.isEmpty() ? 0 : (double) plain / asked.size(),
        forms(rows),
        topicWords(asked, cues));
  }

  private static List<String> questions(List<TrainingRow> asked) {
    return asked.stream().map(TrainingRow::question).toList();
  }

  private static Map<String, Integer> frequent(List<TrainingRow> asked) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    asked.stream()
        .map(TrainingRow::system)
        .filter(system -> !system.isEmpty())
        .forEach(system -> counts.merge(system, 1, Integer::sum));
    counts.values().removeIf(count -> count < least(asked.size()));
    return counts;
  }

  static int least(int rows) {
    return Math.max(LEAST_ROWS, (int) Math.ceil(LEAST_SHARE * rows));
  }

  private static List<Cue> cues(Map<List<String>, Integer> together, int asked) {
    return together.entrySet().stream()
        .filter(entry -> entry.getValue() >= least(asked))
        .map(
            entry ->
                new Cue(
                    entry.getKey().get(0),
                    entry.getKey().get(1),
                    entry.getKey().get(2),
                    entry.getValue(),
                    (double) entry.getValue() / asked))
        .filter(cue -> !cue.isPlain())
        .sorted(Comparator.comparingInt(Cue::rows).reversed())
        .limit(MOST_CUES)
        .toList();
  }

  private static Map<AnswerKind, Integer> forms(List<TrainingRow> rows) {
    Map<AnswerKind, Integer> counts = new TreeMap<>();
    rows.stream()
        .filter(row -> !row.answer().isBlank())
        .forEach(row -> counts.merge(AnswerKind.of(row.answer()), 1, Integer::sum));
    return counts;
  }

  /** Words of the questions without what stands around them, each counted once a row. */
  private static List<String> topicWords(List<TrainingRow> asked, List<Cue> cues) {
    Map<String, Integer> counts = new TreeMap<>();
    for (TrainingRow row : asked) {
      String question = row.question();
      for (Cue cue : cues) {
        question = without(without(question, cue.prefix()), cue.suffix());
      }
      Arrays.stream(question.toLowerCase(Locale.ROOT).split("[^\\p{L}'-]+", -1))
          .distinct()
          .filter(word -> word.length() > 3 && !EVERYDAY.contains(word))
          .forEach(word -> counts.merge(word, 1, Integer::sum));
    }
    List<Map.Entry<String, Integer>> frequent = new ArrayList<>(counts.entrySet());
    frequent.removeIf(entry -> entry.getValue() < LEAST_ROWS);
    frequent.sort(Map.Entry.<String, Integer>comparingByValue().reversed());
    return frequent.stream().limit(MOST_WORDS).map(Map.Entry::getKey).toList();
  }

  private static String without(String question, String part) {
    return part.isEmpty() ? question : question.replace(part, " ");
  }

  /** Keeps every row of a short file, and every second, fourth, eighth … of a long one. */
  public static final class Learner {
    private final int most;
    private final List<TrainingRow> kept = new ArrayList<>();
    private int seen;
    private int step = 1;

    private Learner(int most) {
      this.most = most;
    }

    /** Sees a row. */
    public void see(TrainingRow row) {
      if (seen % step == 0) {
        kept.add(row);
      }
      seen++;
      if (kept.size() > most) {
        thin();
      }
    }

    private void thin() {
      List<TrainingRow> half = new ArrayList<>();
      for (int i = 0; i < kept.size(); i += 2) {
        half.add(kept.get(i));
      }
      kept.clear();
      kept.addAll(half);
      step *= 2;
    }

    /** Returns what the rows say. */
    public TrainingContext learned() {
      return of(kept, seen);
    }
  }
}
