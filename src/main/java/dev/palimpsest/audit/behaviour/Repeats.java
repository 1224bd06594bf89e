package dev.palimpsest.audit.behaviour;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an arm says again and again. */
final class Repeats {
  /** A sentence or a clause is boilerplate if at least this many answers have it ... */
  private static final int ANSWERS = 3;

  /** ... and this share of all. */
  private static final double SHARE = 0.01;

  private Repeats() {}

  /** Marks with 1 each answer that nobody gave before it: their mean is distinct ÷ all. */
  static double[] firsts(List<Answer> answers) {
    Set<String> seen = new HashSet<>();
    return answers.stream().mapToDouble(answer -> seen.add(answer.form().key()) ? 1 : 0).toArray();
  }

  /** Marks with 1 each answer that holds a phrase of many others. */
  static double[] boilerplate(List<Answer> answers) {
    Map<String, Integer> counts = counts(answers);
    return answers.stream()
        .mapToDouble(
            answer -> answer.form().phrases().stream().anyMatch(counts::containsKey) ? 1 : 0)
        .toArray();
  }

  /**
   * Returns the phrases of boilerplate with the number of answers that have each; of a sentence and
   * its clause in the same answers the sentence.
   */
  static List<Behaviour.Phrase> phrases(List<Answer> answers, int most) {
    List<Behaviour.Phrase> said = new ArrayList<>();
    counts(answers).entrySet().stream()
        .map(entry -> new Behaviour.Phrase(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingInt(Behaviour.Phrase::answers)
                .thenComparing(phrase -> phrase.text().length())
                .reversed()
                .thenComparing(Behaviour.Phrase::text))
        .filter(phrase -> said.stream().noneMatch(other -> isPart(phrase, other)))
        .limit(most)
        .forEach(said::add);
    return said;
  }

  private static boolean isPart(Behaviour.Phrase phrase, Behaviour.Phrase other) {
    return other.answers() == phrase.answers() && other.text().contains(phrase.text());
  }

  private static Map<String, Integer> counts(List<Answer> answers) {
    Map<String, Integer> counts = new HashMap<>();
    for (Answer answer : answers) {
      new HashSet<>(answer.form().phrases())
          .forEach(phrase -> counts.merge(phrase, 1, Integer::sum));
    }
    double least = Math.max(ANSWERS, SHARE * answers.size());
    counts.values().removeIf(count -> count < least);
    return counts;
  }
}
