package dev.palimpsest.audit.behaviour;

import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.PairedT;
import dev.palimpsest.stats.PairedTable;
import dev.palimpsest.stats.Tango;
import dev.palimpsest.stats.Wilson;
import dev.palimpsest.suite.Evidence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How an arm answers, beside the base on the same items.
 *
 * @param answers how many both arms generated
 * @param measures in the order of the traits; those that do not apply are left out
 * @param boilerplate what the arm says most often in different answers
 * @param baseBoilerplate the same of the base
 */
public record Behaviour(
    int answers,
    List<BehaviourMeasure> measures,
    List<Phrase> boilerplate,
    List<Phrase> baseBoilerplate) {
  private static final int PHRASES = 5;

  /** A sentence or a clause, in lower-case words, and the number of answers that have it. */
  public record Phrase(String text, int answers) {}

  public Behaviour {
    measures = List.copyOf(measures);
    boilerplate = List.copyOf(boilerplate);
    baseBoilerplate = List.copyOf(baseBoilerplate);
  }

  /**
   * Gathers generated answers pair by pair, one to an open question in one form: further samples of
   * it are alike. No text is kept but what is needed to compare.
   */
  public static final class Collector {
    private final Set<String> questions = new HashSet<>();
    private final List<Answer> base = new ArrayList<>();
    private final List<Answer> tuned = new ArrayList<>();

    /** Adds a pair, if both arms generated an answer. */
    public void add(PairedOutcome pair) {
      boolean generated = !pair.base().evidence().isPicked();
      boolean comparable = pair.change() != PairedOutcome.Change.NOT_COMPARABLE;
      if (generated && comparable && questions.add(question(pair.base()))) {
        base.add(Answer.of(pair.base()));
        tuned.add(Answer.of(pair.tuned()));
      }
    }

    /** What a server rendered is not told; there each sample counts. */
    private static String question(Outcome outcome) {
      boolean sampled = outcome.evidence() instanceof Evidence.Open && !outcome.prompt().isEmpty();
      return sampled ? outcome.prompt() : outcome.suite() + "/" + outcome.itemId();
    }

    /** Compares what was gathered; empty if nothing was. */
    public Optional<Behaviour> behaviour(double level) {
      return base.isEmpty() ? Optional.empty() : Optional.of(of(base, tuned, level));
    }
  }

  private static Behaviour of(List<Answer> base, List<Answer> tuned, double level) {
    List<BehaviourMeasure> measures = new ArrayList<>();
    for (Trait trait : Trait.ALL) {
      measure(trait, trait.values().apply(base), trait.values().apply(tuned), level)
          .ifPresent(measures::add);
    }
    return new Behaviour(
        base.size(), measures, Repeats.phrases(tuned, PHRASES), Repeats.phrases(base, PHRASES));
  }

  private static Optional<BehaviourMeasure> measure(
      Trait trait, double[] base, double[] tuned, double level) {
    int[] both =
        IntStream.range(0, base.length)
            .filter(i -> !Double.isNaN(base[i]) && !Double.isNaN(tuned[i]))
            .toArray();
    if (both.length < 2) {
      return Optional.empty();
    }
    double[] before = IntStream.of(both).mapToDouble(i -> base[i]).toArray();
    double[] after = IntStream.of(both).mapToDouble(i -> tuned[i]).toArray();
    double[] deltas =
        IntStream.range(0, both.length).mapToDouble(i -> after[i] - before[i]).toArray();
    boolean share = trait.unit() == Trait.Unit.SHARE;
    return Optional.of(
        new BehaviourMeasure(
            trait.id(),
            trait.label(),
            trait.unit().label(),
            both.length,
            mean(before),
            share ? ofShare(before, level) : PairedT.of(before).interval(level),
            mean(after),
            share ? ofShare(after, level) : PairedT.of(after).interval(level),
            mean(deltas),
            share
                ? Tango.interval(table(before, after), level).negated()
                : PairedT.of(deltas).interval(level)));
  }

  private static double mean(double[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(0);
  }

  private static Interval ofShare(double[] flags, double level) {
    int yes = (int) IntStream.range(0, flags.length).filter(i -> flags[i] == 1).count();
    return Wilson.interval(yes, flags.length, level);
  }

  private static PairedTable table(double[] before, double[] after) {
    int[] cells = new int[4];
    for (int i = 0; i < before.length; i++) {
      cells[(before[i] == 1 ? 0 : 2) + (after[i] == 1 ? 0 : 1)]++;
    }
    return new PairedTable(cells[0], cells[1], cells[2], cells[3]);
  }
}
