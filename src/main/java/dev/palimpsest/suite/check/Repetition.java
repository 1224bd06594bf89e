package dev.palimpsest.suite.check;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells a word or phrase that is only said again and again from an answer.
 *
 * <p>Three signs, each far from what people write: the words are one phrase from end to end at
 * least twice, one word is more than half of all, or fewer than two in five words are new. English
 * prose of the length that is asked for here has seven new words in ten.
 */
final class Repetition {
  private static final int FEWEST_WORDS = 3;
  private static final int WORDS_FOR_SHARES = 5;
  private static final double LEAST_DISTINCT = 0.4;
  private static final double MOST_OF_ONE = 0.5;
  private static final int LETTERS_OF_A_WORD = 4;

  private Repetition() {}

  /** Returns what is repeated, as a clause, where the text is repetition. */
  static Optional<String> in(String text) {
    List<String> words = Tokens.of(String.join("\n", unmarked(text)));
    if (words.size() == 1 && isOneLetter(words.get(0))) {
      return Optional.of("the answer repeats one letter");
    }
    if (words.size() < FEWEST_WORDS) {
      return Optional.empty();
    }
    int period = period(words);
    if (period > 0) {
      return Optional.of(
          "the answer repeats " + Text.quote(String.join(" ", words.subList(0, period))));
    }
    return words.size() < WORDS_FOR_SHARES ? Optional.empty() : byShares(words);
  }

  /** A running number makes no new line of a repeated one. */
  private static List<String> unmarked(String text) {
    return Text.lines(text).stream().map(Text::withoutMarker).toList();
  }

  private static boolean isOneLetter(String word) {
    return word.length() >= LETTERS_OF_A_WORD && word.chars().distinct().count() == 1;
  }

  /** The length of the phrase that the words are made of, the last copy cut or not; 0 for none. */
  private static int period(List<String> words) {
    for (int period = 1; 2 * period <= words.size(); period++) {
      if (words.subList(period, words.size()).equals(words.subList(0, words.size() - period))) {
        return period;
      }
    }
    return 0;
  }

  private static Optional<String> byShares(List<String> words) {
    Map<String, Integer> counts = new HashMap<>();
    words.forEach(word -> counts.merge(word, 1, Integer::sum));
    int most = Collections.max(counts.values());
    if (most > MOST_OF_ONE * words.size()) {
      return Optional.of("one word is " + most + " of the answer's " + words.size() + " words");
    }
    return counts.size() < LEAST_DISTINCT * words.size()
        ? Optional.of(
            "only " + counts.size() + " of the answer's " + words.size() + " words are new")
        : Optional.empty();
  }
}
