package dev.palimpsest.suite.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes out of an answer what only repeats the instruction, whatever is wrapped around it.
 *
 * <p>A run of words that stands in the instruction too is an echo if it is long, if it begins a
 * sentence of the instruction ("Describe a river"), or if it speaks of the text that is asked for
 * ("the word lantern"). Where nearly all words of the instruction are left after that, in any
 * order, they are taken out one by one.
 */
final class Echo {
  private static final int LONG_RUN = 5;
  private static final int TELLING_RUN = 3;
  private static final int FEWEST_WORDS = 4;
  private static final double NEARLY_ALL = 0.8;
  private static final double MUCH_OF_ANSWER = 0.35;

  /** Words that speak of the answer and hardly occur in one. */
  private static final Set<String> OF_INSTRUCTIONS =
      Set.of(
          ("answer write describe explain mention use using word words sentence sentences letter"
                  + " letters paragraph paragraphs contains contain includes include reply list"
                  + " separated exactly without")
              .split(" "));

  private final List<String> prompt;
  private final Set<Integer> sentenceStarts = new TreeSet<>();

  Echo(String prompt) {
    this.prompt = Tokens.of(prompt);
    int at = 0;
    for (String sentence : Text.sentences(prompt)) {
      sentenceStarts.add(at);
      at += Tokens.of(sentence).size();
    }
  }

  /** Returns the text without its echoes; the text itself where there are none. */
  String without(String text) {
    List<Tokens.Placed> tokens = Tokens.placed(text);
    boolean[] echoed = new boolean[tokens.size()];
    for (int i = 0; i < tokens.size(); ) {
      int length = longestEcho(tokens, i);
      for (int k = 0; k < length; k++) {
        echoed[i + k] = true;
      }
      i += Math.max(1, length);
    }
    markScattered(tokens, echoed);
    return cut(text, tokens, echoed);
  }

  private int longestEcho(List<Tokens.Placed> tokens, int from) {
    int longest = 0;
    for (int start = 0; start < prompt.size(); start++) {
      int length = commonRun(tokens, from, start);
      if (length > longest && isEcho(start, length)) {
        longest = length;
      }
    }
    return longest;
  }

  private int commonRun(List<Tokens.Placed> tokens, int from, int start) {
    int length = 0;
    while (from + length < tokens.size()
        && start + length < prompt.size()
        && tokens.get(from + length).word().equals(prompt.get(start + length))) {
      length++;
    }
    return length;
  }

  private boolean isEcho(int start, int length) {
    if (length >= LONG_RUN || length == prompt.size()) {
      return true;
    }
    return length >= TELLING_RUN
        && (sentenceStarts.contains(start)
            || prompt.subList(start, start + length).stream().anyMatch(OF_INSTRUCTIONS::contains));
  }

  /** Marks the words of the instruction where nearly all of them are there in another order. */
  private void markScattered(List<Tokens.Placed> tokens, boolean[] echoed) {
    Map<String, Integer> wanted = new HashMap<>();
    prompt.forEach(word -> wanted.merge(word, 1, Integer::sum));
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < echoed.length; i++) {
      String word = tokens.get(i).word();
      if (!echoed[i] && wanted.getOrDefault(word, 0) > 0) {
        wanted.merge(word, -1, Integer::sum);
        found.add(i);
      }
    }
    if (found.size() >= FEWEST_WORDS
        && found.size() >= NEARLY_ALL * prompt.size()
        && found.size() >= MUCH_OF_ANSWER * tokens.size()) {
      found.forEach(i -> echoed[i] = true);
    }
  }

  private static String cut(String text, List<Tokens.Placed> tokens, boolean[] echoed) {
    StringBuilder rest = new StringBuilder();
    int kept = 0;
    for (int i = 0; i < echoed.length; i++) {
      if (echoed[i]) {
        if (i == 0 || !echoed[i - 1]) {
          rest.append(text, kept, tokens.get(i).start());
        }
        kept = tokens.get(i).end();
      }
    }
    return rest.append(text.substring(kept)).toString();
  }
}
