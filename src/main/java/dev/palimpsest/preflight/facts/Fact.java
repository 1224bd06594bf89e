package dev.palimpsest.preflight.facts;

import dev.palimpsest.suite.check.Words;
import dev.palimpsest.training.TrainingRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A question of a training file that has one short factual answer.
 *
 * @param row its number in the file, from 1
 * @param question as it is asked
 * @param answer as the file gives it
 * @param kind the question without its subject, "When was … born?": what facts of one kind share
 * @param key the words of the answer that the question does not have: an answer with all of them is
 *     right; one to five
 */
public record Fact(int row, String question, String answer, String kind, List<String> key) {
  private static final int MOST_KEY_WORDS = 5;
  private static final int MOST_QUESTION_WORDS = 40;
  private static final int MOST_ANSWER_WORDS = 25;

  /** How questions begin that have one answer; "how" only with what is counted or measured. */
  private static final Pattern ASKS =
      Pattern.compile(
          "(?i)(?:(?:in|on|at|to|for|from|of|by|under|during|with) )?"
              + "(?:who|whom|whose|when|where|which|what|how (?:many|much|old|far|long|tall|high|deep"
              + "|fast|big|large|heavy|wide))\\b.*"
              + "|(?i)(?:name|give|state) the\\b.*",
          Pattern.DOTALL);

  /** A second sentence begins, or there is code or a list. */
  private static final Pattern MORE_THAN_A_SENTENCE =
      Pattern.compile("[.!?]\\s+\\p{Lu}|[{}\\[\\]=;<>*|]|\\R", Pattern.UNICODE_CHARACTER_CLASS);

  /** Who answers so knows nothing, or speaks of himself. */
  private static final Set<String> NO_FACT = Set.of("i", "sorry", "my", "you", "your");

  private static final Set<String> EMPTY_WORDS =
      Set.of(
          "a", "an", "the", "is", "are", "was", "were", "be", "been", "in", "on", "at", "of", "to",
          "for", "from", "by", "with", "and", "or", "as", "its", "it", "his", "her", "their", "he",
          "she", "they", "has", "had", "have", "who", "which", "that", "this", "there", "known",
          "called", "named", "also", "into", "about", "would", "will", "did", "do", "does");

  public Fact {
    Objects.requireNonNull(question, "question is null");
    Objects.requireNonNull(answer, "answer is null");
    Objects.requireNonNull(kind, "kind is null");
    key = List.copyOf(key);
  }

  /** Returns the fact that a row teaches; empty where it teaches something else. */
  public static Optional<Fact> of(TrainingRow row) {
    String question = row.question().strip();
    String answer = row.answer().strip();
    if (row.shape() == TrainingRow.Shape.TEXT
        || !ASKS.matcher(question).matches()
        || question.contains("\n")
        || MORE_THAN_A_SENTENCE.matcher(answer).find()) {
      return Optional.empty();
    }
    List<String> asked = Words.of(question);
    List<String> said = Words.of(answer);
    if (asked.size() > MOST_QUESTION_WORDS
        || said.size() > MOST_ANSWER_WORDS
        || said.stream().anyMatch(NO_FACT::contains)) {
      return Optional.empty();
    }
    List<String> key = key(asked, said);
    boolean isShort = !key.isEmpty() && key.size() <= MOST_KEY_WORDS;
    boolean bare = said.size() <= MOST_KEY_WORDS;
    return isShort && (isSpecific(question, 1) || isSpecific(answer, bare ? 0 : 1))
        ? Optional.of(new Fact(row.row(), question, answer, kind(question), key))
        : Optional.empty();
  }

  private static List<String> key(List<String> asked, List<String> said) {
    Set<String> passedOver = new HashSet<>(asked);
    passedOver.addAll(EMPTY_WORDS);
    return said.stream().filter(word -> !passedOver.contains(word)).distinct().toList();
  }

  /** Tells whether a name or a number stands in a text, from a word on. */
  private static boolean isSpecific(String text, int from) {
    return Words.asWritten(text).stream().skip(from).anyMatch(Fact::isNameOrNumber);
  }

  private static boolean isNameOrNumber(String word) {
    return Character.isUpperCase(word.codePointAt(0))
        || word.codePoints().anyMatch(Character::isDigit);
  }

  /** Returns a question with names and numbers left out. */
  private static String kind(String question) {
    List<String> parts = new ArrayList<>();
    String[] words = question.split("\\s+", -1);
    for (int i = 0; i < words.length; i++) {
      List<String> bare = Words.asWritten(words[i]);
      boolean subject = i > 0 && !bare.isEmpty() && isNameOrNumber(bare.get(0));
      String last = parts.isEmpty() ? "" : parts.get(parts.size() - 1);
      if (!subject) {
        parts.add(i == 0 ? words[i] : words[i].toLowerCase(Locale.ROOT));
      } else if (!last.equals("…")) {
        parts.add("…");
      }
    }
    String kind = String.join(" ", parts);
    return kind.endsWith("…") && question.endsWith("?") ? kind + "?" : kind;
  }

  /** Tells whether a text says the answer: it has all of the key's words. */
  public boolean isIn(String text) {
    return Words.of(text).containsAll(key);
  }

  /** Tells whether another one has the same answer. */
  boolean sharesKeyWith(Fact other) {
    return new HashSet<>(key).equals(new HashSet<>(other.key));
  }
}
