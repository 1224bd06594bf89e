package dev.palimpsest.preflight.tuned;

import dev.palimpsest.inference.ChatMessage;
import dev.palimpsest.suite.check.Words;
import dev.palimpsest.training.TrainingRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what of some texts stands in a training file: runs of words, and names.
 *
 * <p>The texts are kept, and the file goes by: memory goes with the texts and the file's names.
 */
final class VerbatimSearch {
  /** Words in a row that do not come about by chance. */
  static final int WORDS = 8;

  /** Most names that are kept of a file. */
  private static final int MOST_NAMES = 200_000;

  private static final int LEAST_LETTERS = 4;

  private record Place(int text, int word) {}

  /**
   * Words in a row of a text that stand in a row of the file.
   *
   * @param text number of the text
   * @param from number of its first word
   * @param words how many they are
   * @param row the file's row, from 1
   */
  record Run(int text, int from, int words, int row) {}

  private final List<List<String>> texts = new ArrayList<>();
  private final Map<List<String>, List<Place>> places = new HashMap<>();
  private final Map<Integer, Run> longest = new HashMap<>();

  /** Names of the file, with the first row that each stands in. */
  private final Map<String, Integer> names = new HashMap<>();

  /** Words that the file has in lower case too. */
  private final Set<String> ordinary = new HashSet<>();

  VerbatimSearch(List<String> written) {
    for (String text : written) {
      List<String> words = Words.of(text);
      for (int i = 0; i + WORDS <= words.size(); i++) {
        places
            .computeIfAbsent(List.copyOf(words.subList(i, i + WORDS)), key -> new ArrayList<>(1))
            .add(new Place(texts.size(), i));
      }
      texts.add(words);
    }
  }

  /** Sees a row of the file. */
  void see(TrainingRow row) {
    for (ChatMessage message : row.messages()) {
      List<String> words = Words.of(message.content());
      for (int i = 0; i + WORDS <= words.size(); i++) {
        for (Place place : places.getOrDefault(words.subList(i, i + WORDS), List.of())) {
          note(place, words, i, row.row());
        }
      }
      seeNames(Words.asWritten(message.content()), row.row());
    }
  }

  private void note(Place place, List<String> words, int at, int row) {
    List<String> text = texts.get(place.text());
    int length = WORDS;
    while (place.word() + length < text.size()
        && at + length < words.size()
        && text.get(place.word() + length).equals(words.get(at + length))) {
      length++;
    }
    Run before = longest.get(place.text());
    if (before == null || before.words() < length) {
      longest.put(place.text(), new Run(place.text(), place.word(), length, row));
    }
  }

  private void seeNames(List<String> words, int row) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (Character.isLowerCase(word.codePointAt(0))) {
        ordinary.add(word);
      } else if (i > 0 && isName(word) && names.size() < MOST_NAMES) {
        names.putIfAbsent(word, row);
      }
    }
  }

  private static boolean isName(String word) {
    return word.length() >= LEAST_LETTERS
        && Character.isUpperCase(word.codePointAt(0))
        && word.codePoints().allMatch(Character::isLetter)
        && !word.equals(word.toUpperCase(Locale.ROOT));
  }

  /** Returns the longest run of a text, once the file has gone by. */
  Optional<Run> longestOf(int text) {
    return Optional.ofNullable(longest.get(text));
  }

  /** Returns the words of a run. */
  String words(Run run) {
    return String.join(" ", texts.get(run.text()).subList(run.from(), run.from() + run.words()));
  }

  /** Returns the file's names that stand in a text as it was written, with their rows. */
  Map<String, Integer> namesIn(String text) {
    Map<String, Integer> found = new HashMap<>();
    for (String word : Words.asWritten(text)) {
      Integer row = names.get(word);
      if (row != null && !ordinary.contains(word.toLowerCase(Locale.ROOT))) {
        found.put(word, row);
      }
    }
    return found;
  }
}
