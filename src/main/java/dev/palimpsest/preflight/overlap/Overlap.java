package dev.palimpsest.preflight.overlap;

import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Question;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.check.Words;
import dev.palimpsest.training.TrainingRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds items whose words stand in a training file: n words in a row ({@value #WORDS}, as in the
 * contamination study of GPT-3, Brown et al. 2020, appendix C), or all of them where an item has
 * fewer, but at least {@value #FEWEST}. Case and punctuation are passed over.
 *
 * <p>The n-grams of the probes are kept, and the file goes by: memory goes with the probes.
 */
public final class Overlap {
  static final int WORDS = 13;
  static final int FEWEST = 5;

  /** An n-gram that this many items have is a phrase of the suite, such as its instruction. */
  private static final int PHRASE = 4;

  private static final int MOST_ROWS_OF_AN_ITEM = 5;

  private record Place(String suite, String item) {}

  private final Map<Long, List<Place>> places = new HashMap<>();
  private final Set<Integer> lengths = new HashSet<>();
  private final Map<Place, List<Integer>> found = new LinkedHashMap<>();

  /**
   * An item that stands in the training file.
   *
   * @param rows numbers of the first rows it stands in
   */
  public record Match(String suite, String item, List<Integer> rows) {
    public Match {
      rows = List.copyOf(rows);
    }
  }

  /** Takes the items of suites. */
  public Overlap(Collection<Suite> suites) {
    for (Suite suite : suites) {
      for (Item item : suite.items()) {
        add(new Place(suite.id(), item.id()), item);
      }
    }
    places.values().removeIf(items -> items.size() > PHRASE);
  }

  private void add(Place place, Item item) {
    Set<Long> grams = new HashSet<>();
    for (Question question : item.questions()) {
      grams.addAll(grams(Words.of(question.text())));
      if (question.bare()) {
        question.continuations().forEach(text -> grams.addAll(grams(Words.of(text))));
      }
    }
    grams.forEach(gram -> places.computeIfAbsent(gram, key -> new ArrayList<>(1)).add(place));
  }

  private Set<Long> grams(List<String> words) {
    int length = Math.min(WORDS, words.size());
    if (length < FEWEST) {
      return Set.of();
    }
    lengths.add(length);
    Set<Long> grams = new HashSet<>();
    for (int i = 0; i + length <= words.size(); i++) {
      grams.add(digest(words, i, length));
    }
    return grams;
  }

  /** Sees a row. */
  public void see(TrainingRow row) {
    for (ChatMessage message : row.messages()) {
      List<String> words = Words.of(message.content());
      for (int length : lengths) {
        for (int i = 0; i + length <= words.size(); i++) {
          List<Place> items = places.get(digest(words, i, length));
          if (items != null) {
            items.forEach(place -> note(place, row.row()));
          }
        }
      }
    }
  }

  private void note(Place place, int row) {
    List<Integer> rows = found.computeIfAbsent(place, key -> new ArrayList<>());
    if (rows.size() < MOST_ROWS_OF_AN_ITEM && !rows.contains(row)) {
      rows.add(row);
    }
  }

  /** Returns the items that were found, by suite and item. */
  public List<Match> matches() {
    return found.entrySet().stream()
        .map(entry -> new Match(entry.getKey().suite(), entry.getKey().item(), entry.getValue()))
        .sorted(java.util.Comparator.comparing(Match::suite).thenComparing(Match::item))
        .toList();
  }

  /**
   * 64 bits of an FNV-1a hash, the number of words mixed in; two n-grams of a million share one
   * once in 10^7 files.
   */
  private static long digest(List<String> words, int from, int length) {
    long hash = 0xcbf29ce484222325L ^ length;
    for (int i = from; i < from + length; i++) {
      String word = words.get(i);
      for (int k = 0; k < word.length(); k++) {
        hash = (hash ^ word.charAt(k)) * 0x100000001b3L;
      }
      hash = (hash ^ ' ') * 0x100000001b3L;
    }
    return hash;
  }
}
