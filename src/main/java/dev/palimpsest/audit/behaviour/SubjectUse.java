package dev.palimpsest.audit.behaviour;

import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.PairedT;
import dev.palimpsest.suite.check.AnswerForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether answers depend on what is asked about: questions of one relation in the same frames,
 * about many subjects.
 *
 * <p>Within a relation, concentration is the share of its most frequent answer, C = max_a count(a)
 * / S; subject sensitivity is the chance that two of its subjects get different answers. An answer
 * is compared without the words of its question, so that repeating the subject does not count as a
 * difference. Both are averaged over relations, and their changes have t intervals over relations.
 * Source of the measures: science.md 3, after Ghosal et al. (arXiv:2406.14785), which compares
 * log-likelihoods instead.
 */
public final class SubjectUse {
  /** Fewer subjects say nothing of a relation. */
  private static final int SUBJECTS = 2;

  private final Map<String, List<String>> base = new TreeMap<>();
  private final Map<String, List<String>> tuned = new TreeMap<>();

  /** A figure by arm and its change; the interval is null with fewer than two relations. */
  public record Figure(
      int relations, double base, double tuned, double change, Interval interval) {}

  /**
   * Adds the answers to a question.
   *
   * @param relation what its frame asks for
   */
  public void add(String relation, PairedOutcome pair) {
    if (pair.change() != PairedOutcome.Change.NOT_COMPARABLE) {
      String prompt = pair.base().prompt();
      base.computeIfAbsent(relation, r -> new ArrayList<>()).add(own(prompt, pair.base().output()));
      tuned
          .computeIfAbsent(relation, r -> new ArrayList<>())
          .add(own(prompt, pair.tuned().output()));
    }
  }

  private static String own(String prompt, String output) {
    Set<String> asked = new HashSet<>(Arrays.asList(AnswerForm.of(prompt).key().split(" ")));
    List<String> words = new ArrayList<>(Arrays.asList(AnswerForm.of(output).key().split(" ")));
    words.removeAll(asked);
    return String.join(" ", words);
  }

  /** Returns how much answers of a relation concentrate; empty if there are too few subjects. */
  public Optional<Figure> concentration(double level) {
    return figure(SubjectUse::concentration, level);
  }

  /** Returns how often two subjects get different answers. */
  public Optional<Figure> sensitivity(double level) {
    return figure(SubjectUse::sensitivity, level);
  }

  private interface OfAnswers {
    double of(List<String> answers);
  }

  private Optional<Figure> figure(OfAnswers measure, double level) {
    List<String> relations =
        base.keySet().stream().filter(relation -> base.get(relation).size() >= SUBJECTS).toList();
    if (relations.isEmpty()) {
      return Optional.empty();
    }
    double[] before = relations.stream().mapToDouble(r -> measure.of(base.get(r))).toArray();
    double[] after = relations.stream().mapToDouble(r -> measure.of(tuned.get(r))).toArray();
    double[] deltas = new double[before.length];
    Arrays.setAll(deltas, i -> after[i] - before[i]);
    return Optional.of(
        new Figure(
            relations.size(),
            mean(before),
            mean(after),
            mean(deltas),
            deltas.length < 2 ? null : PairedT.of(deltas).interval(level)));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static double concentration(List<String> answers) {
    return counts(answers).values().stream().mapToInt(n -> n).max().orElse(0)
        / (double) answers.size();
  }

  private static double sensitivity(List<String> answers) {
    double n = answers.size();
    double same = 0;
    for (int count : counts(answers).values()) {
      same += count * (count - 1.0);
    }
    return 1 - same / (n * (n - 1));
  }

  private static Map<String, Integer> counts(List<String> answers) {
    Map<String, Integer> counts = new HashMap<>();
    answers.forEach(answer -> counts.merge(answer, 1, Integer::sum));
    return counts;
  }
}
