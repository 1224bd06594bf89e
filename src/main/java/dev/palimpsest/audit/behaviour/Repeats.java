package dev.palimpsest.audit.behaviour;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an arm says again and again. */
final class Repeats {
  /** A sentence is boilerplate if at least this many answers have it ... */
  private static final int ANSWERS = 3;

  /** ... and this share of all. */
  private static final double SHARE = 0.01;

  private Repeats() {}

  /** Marks with 1 each answer that nobody gave before it: their mean is distinct ÷ all. */
  static double[] firsts(List<Answer> answers) {
    Set<String> seen = new HashSet<>();
    return answers.stream().mapToDouble(answer -> seen.add(answer.form().key()) ? 1 : 0).toArray();
  }

  /** Marks with 1 each answer that holds a sentence of many others. */
  static double[] boilerplate(List<Answer> answers) {
    Map<String, Integer> counts = counts(answers);
    return answers.stream()
        .mapToDouble(
            answer -> answer.form().sentences().stream().anyMatch(counts::containsKey) ? 1 : 0)
        .toArray();
  }

  /** Returns the sentences of boilerplate with the number of answers that have each. */
  static List<Behaviour.Phrase> phrases(List<Answer> answers, int most) {
    return counts(answers).entrySet().stream()
        .map(entry -> new Behaviour.Phrase(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingInt(Behaviour.Phrase::answers)
                .reversed()
                .thenComparing(Behaviour.Phrase::text))
        .limit(most)
        .toList();
  }

  private static Map<String, Integer> counts(List<Answer> answers) {
    Map<String, Integer> counts = new HashMap<>();
    for (Answer answer : answers) {
      new HashSet<>(answer.form().sentences())
          .forEach(sentence -> counts.merge(sentence, 1, Integer::sum));
    }
    double least = Math.max(ANSWERS, SHARE * answers.size());
    counts.values().removeIf(count -> count < least);
    return counts;
  }
}
