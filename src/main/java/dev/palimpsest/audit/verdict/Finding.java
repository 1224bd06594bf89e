package dev.palimpsest.audit.verdict;

import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.PairedTable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was found of one capability on one tuned arm.
 *
 * <p>Proportions are in [0, 1]; changes and their intervals are tuned − base, so a loss is
 * negative, while a margin is the largest acceptable drop, positive.
 *
 * @param suite suite id
 * @param capability what the suite probes
 * @param tuned the tuned arm's name
 * @param metric the suite's metric
 * @param counts how many items came out which way
 * @param change of the score, with its interval
 * @param gate what the evidence says at the margin
 * @param measures whatever else was measured on the same pairs, in the order of {@link Statistics}
 * @param circumstances what bears on how it is read
 * @param decided how the gate came to its end where it may be decided at any item: then the change
 *     is the weighted estimate, its interval the confidence sequence at that moment, and its p are
 *     valid whenever the sequence ended
 */
public record Finding(
    String suite,
    String capability,
    String tuned,
    String metric,
    Counts counts,
    Change change,
    Gate gate,
    List<Measure> measures,
    Circumstances circumstances,
    Optional<Decided> decided) {
  /**
   * How many items came out which way.
   *
   * @param table the items scored on both arms
   * @param notComparable items without a score on one of the arms
   */
  public record Counts(PairedTable table, int notComparable) {
    public Counts {
      Objects.requireNonNull(table, "table is null");
    }
  }

  /**
   * The change of the score.
   *
   * @param interval that decides, two-sided at the gate's level 1 − 2α; [−1, 1] without items
   * @param pMidMcNemar two-sided mid-p McNemar
   * @param pHolm {@link Circumstances#pChange}, adjusted for all findings of the audit
   */
  public record Change(double delta, Interval interval, double pMidMcNemar, double pHolm) {
    public Change {
      Objects.requireNonNull(interval, "interval is null");
    }
  }

  /**
   * The gate and what became of it.
   *
   * @param margin the largest acceptable drop
   * @param pNonInferiority one-sided p of H0 "the drop is at least the margin"
   * @param smallestCertifiableMargin the smallest margin that this many items with this much
   *     disagreement could certify
   * @param itemsNeeded items that would decide at the margin, where the verdict leaves that open; 0
   *     otherwise
   * @param verdict what the evidence says
   * @param sentence the same in words, with the figures
   */
  public record Gate(
      double margin,
      double pNonInferiority,
      double smallestCertifiableMargin,
      int itemsNeeded,
      Verdict verdict,
      String sentence) {
    public Gate {
      Objects.requireNonNull(verdict, "verdict is null");
      Objects.requireNonNull(sentence, "sentence is null");
    }
  }

  public Finding {
    Objects.requireNonNull(suite, "suite is null");
    Objects.requireNonNull(capability, "capability is null");
    Objects.requireNonNull(tuned, "tuned is null");
    Objects.requireNonNull(metric, "metric is null");
    Objects.requireNonNull(counts, "counts is null");
    Objects.requireNonNull(change, "change is null");
    Objects.requireNonNull(gate, "gate is null");
    measures = List.copyOf(measures);
    Objects.requireNonNull(circumstances, "circumstances is null");
    Objects.requireNonNull(decided, "decided is null");
  }

  /** Makes a finding of which all items ran. */
  public Finding(
      String suite,
      String capability,
      String tuned,
      String metric,
      Counts counts,
      Change change,
      Gate gate,
      List<Measure> measures,
      Circumstances circumstances) {
    this(
        suite,
        capability,
        tuned,
        metric,
        counts,
        change,
        gate,
        measures,
        circumstances,
        Optional.empty());
  }

  /** Makes a finding of which nothing else is known. */
  public Finding(
      String suite,
      String capability,
      String tuned,
      String metric,
      Counts counts,
      Change change,
      Gate gate,
      List<Measure> measures) {
    this(suite, capability, tuned, metric, counts, change, gate, measures, Circumstances.UNKNOWN);
  }

  /** Returns the items scored on both arms. */
  public int n() {
    return counts.table.n();
  }

  /** Returns the base's mean score. */
  public double base() {
    return decided.map(Decided::base).orElseGet(counts.table::baseRate);
  }

  /** Returns the tuned arm's mean score. */
  public double tunedScore() {
    return decided.map(d -> d.base() - d.drop()).orElseGet(counts.table::tunedRate);
  }

  /** Returns the items right on both. */
  public int bothRight() {
    return counts.table.bothRight();
  }

  /** Returns the items that the base has right and the tuned arm wrong. */
  public int lost() {
    return counts.table.lost();
  }

  /** Returns the items that the base has wrong and the tuned arm right. */
  public int gained() {
    return counts.table.gained();
  }

  /** Returns the items wrong on both. */
  public int bothWrong() {
    return counts.table.bothWrong();
  }

  /** Returns the items without a score on one of the arms. */
  public int notComparable() {
    return counts.notComparable;
  }

  /** Returns tunedScore − base. */
  public double delta() {
    return change.delta;
  }

  /** Returns the lower end of the gate's interval of {@link #delta}. */
  public double ciLow() {
    return change.interval.low();
  }

  /** Returns the upper end of the gate's interval of {@link #delta}. */
  public double ciHigh() {
    return change.interval.high();
  }

  /** Returns the interval of {@link #delta} at another two-sided level than the gate's. */
  public Interval intervalAt(double level) {
    return circumstances.intervalAt(level);
  }

  /** Returns the two-sided mid-p of McNemar. */
  public double pMidMcNemar() {
    return change.pMidMcNemar;
  }

  /** Returns the same, adjusted for all findings of the audit. */
  public double pHolm() {
    return change.pHolm;
  }

  /** Returns the one-sided p of H0 "the drop is at least the margin". */
  public double pNonInferiority() {
    return gate.pNonInferiority;
  }

  /** Returns the largest acceptable drop. */
  public double margin() {
    return gate.margin;
  }

  /** Returns the smallest margin that these items could certify. */
  public double smallestCertifiableMargin() {
    return gate.smallestCertifiableMargin;
  }

  /** Returns the items that would decide, 0 where the verdict leaves nothing open. */
  public int itemsNeeded() {
    return gate.itemsNeeded;
  }

  /** Returns what the evidence says. */
  public Verdict verdict() {
    return gate.verdict;
  }

  /** Returns the same in words. */
  public String sentence() {
    return gate.sentence;
  }
}
