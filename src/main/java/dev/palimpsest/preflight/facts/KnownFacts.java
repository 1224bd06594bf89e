package dev.palimpsest.preflight.facts;

import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.Wilson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How well a model knows the facts of a training file.
 *
 * @param mode how they were tried
 * @param rows of the file
 * @param found facts among them
 * @param tried an even sample of the facts, by kind and row
 * @param shares of the categories among the tried ones, all four; empty where none was tried
 * @param kinds the same by kind of question, the most frequent first
 * @param forecast what learning the unknown ones costs; empty where none was tried
 */
public record KnownFacts(
    FactMode mode,
    int rows,
    int found,
    List<TriedFact> tried,
    Map<Known, Share> shares,
    List<Kind> kinds,
    Optional<Forecast> forecast) {
  /** Two-sided level of the intervals. */
  public static final double LEVEL = 0.95;

  /** Answers to other questions of the kind without which nobody can tell a guess. */
  private static final int LEAST_OTHERS = 40;

  /**
   * How many facts are of a category.
   *
   * @param count of them
   * @param of how many
   * @param interval of the share, Wilson's at 95%
   */
  public record Share(int count, int of, Interval interval) {
    static Share of(long count, int of) {
      return new Share((int) count, of, Wilson.interval((int) count, of, LEVEL));
    }

    /** Returns the share itself. */
    public double share() {
      return (double) count / of;
    }
  }

  /**
   * Facts that are asked for in one way.
   *
   * @param kind the question without its subject
   * @param counts by category, those without facts left out
   */
  public record Kind(String kind, int facts, Map<Known, Integer> counts) {
    public Kind {
      counts = Map.copyOf(counts);
    }
  }

  public KnownFacts {
    Objects.requireNonNull(mode, "mode is null");
    tried = List.copyOf(tried);
    shares = Map.copyOf(shares);
    kinds = List.copyOf(kinds);
    Objects.requireNonNull(forecast, "forecast is null");
  }

  /** Returns what is known where no fact was tried. */
  public static KnownFacts none(FactMode mode, FactSample.Found found) {
    return new KnownFacts(
        mode, found.rows(), found.count(), List.of(), Map.of(), List.of(), Optional.empty());
  }

  static KnownFacts of(
      FactMode mode, FactSample.Found found, Map<Fact, FactTrial.Answers> answers) {
    Map<String, List<Fact>> byKind =
        answers.keySet().stream()
            .collect(Collectors.groupingBy(Fact::kind, TreeMap::new, Collectors.toList()));
    List<TriedFact> tried = new ArrayList<>();
    answers.forEach(
        (fact, said) ->
            tried.add(TriedFact.of(fact, said, guess(fact, byKind.get(fact.kind()), answers))));
    Map<Known, Share> shares = new EnumMap<>(Known.class);
    for (Known known : Known.values()) {
      long count = tried.stream().filter(one -> one.known() == known).count();
      shares.put(known, Share.of(count, tried.size()));
    }
    return new KnownFacts(
        mode,
        found.rows(),
        found.count(),
        tried,
        shares,
        kinds(tried),
        Optional.of(Forecast.of(shares.get(Known.UNKNOWN), found)));
  }

  /**
   * Returns how often a model gives a fact's answer to others of the kind: a town that is said of
   * every person is no knowledge of the one that was born there.
   */
  private static double guess(Fact fact, List<Fact> kind, Map<Fact, FactTrial.Answers> answers) {
    int all = 0;
    int same = 0;
    for (Fact other : kind) {
      if (other.equals(fact) || other.sharesKeyWith(fact)) {
        continue;
      }
      FactTrial.Answers said = answers.get(other);
      all += said.greedy().size() + said.sampled().size();
      same += (int) said.greedy().stream().filter(fact::isIn).count();
      same += (int) said.sampled().stream().filter(fact::isIn).count();
    }
    return all < LEAST_OTHERS ? 0 : (double) same / all;
  }

  private static List<Kind> kinds(List<TriedFact> tried) {
    Map<String, List<TriedFact>> byKind =
        tried.stream()
            .collect(
                Collectors.groupingBy(one -> one.fact().kind(), TreeMap::new, Collectors.toList()));
    return byKind.entrySet().stream()
        .map(entry -> new Kind(entry.getKey(), entry.getValue().size(), counts(entry.getValue())))
        .sorted(Comparator.comparing(Kind::facts).reversed().thenComparing(Kind::kind))
        .toList();
  }

  private static Map<Known, Integer> counts(List<TriedFact> tried) {
    Map<Known, Integer> counts = new EnumMap<>(Known.class);
    tried.forEach(one -> counts.merge(one.known(), 1, Integer::sum));
    return counts;
  }

  /** Returns facts of a category, the first of each kind before the second of any. */
  public List<TriedFact> examples(Known known, int most) {
    Map<String, Integer> seen = new TreeMap<>();
    return tried.stream()
        .filter(one -> one.known() == known)
        .map(one -> Map.entry(seen.merge(one.fact().kind(), 1, Integer::sum), one))
        .sorted(Map.Entry.comparingByKey())
        .limit(most)
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Returns how many facts had right answers that are no more than guesses. */
  public int guessed() {
    return (int) tried.stream().filter(TriedFact::guessed).count();
  }
}
