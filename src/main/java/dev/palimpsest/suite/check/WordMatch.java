package dev.palimpsest.suite.check;

import java.util.List;

/**
 * Finds words and phrases in a text: whole words, case ignored, "swim*" for every word that begins
 * with "swim".
 */
final class WordMatch {
  private WordMatch() {}

  /** Returns how often the word or phrase occurs in the words (lower-cased like the text's). */
  static int count(List<String> words, String term) {
    List<String> wanted = term.endsWith("*") ? List.of(term.split("\\s+")) : Text.words(term);
    int count = 0;
    for (int i = 0; i + wanted.size() <= words.size(); i++) {
      if (!wanted.isEmpty() && matchesAt(words, i, wanted)) {
        count++;
      }
    }
    return count;
  }

  static int indexFrom(List<String> words, String term, int from) {
    List<String> wanted = Text.words(term);
    for (int i = from; i + wanted.size() <= words.size(); i++) {
      if (matchesAt(words, i, wanted)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean matchesAt(List<String> words, int at, List<String> wanted) {
    for (int k = 0; k < wanted.size(); k++) {
      if (!matches(words.get(at + k), wanted.get(k))) {
        return false;
      }
    }
    return true;
  }

  /** "dog's" matches "dog": the possessive is not another word. */
  private static boolean matches(String word, String wanted) {
    if (wanted.endsWith("*")) {
      return word.startsWith(wanted.substring(0, wanted.length() - 1));
    }
    return word.equals(wanted) || word.equals(wanted + "'s");
  }
}
