package dev.palimpsest.stats.sequential;

import dev.palimpsest.stats.Interval;
import java.util.ArrayList;
import java.util.List;

/**
 * One gate that may be decided at any item: evidence for a drop smaller than the margin and for one
 * that is larger, from items in a random order.
 *
 * <p>Items come in blocks. The rule by which a block's items are taken is made of what came before
 * the block, so that it is known before any of them is put to the tuned checkpoint; a block ends
 * with its 32nd item taken. The decision is a function of the items in their order and of nothing
 * else: neither of when they were computed nor of how often anyone looked.
 */
public final class GateSequence {
  /** Items taken in a block: as many as are put to a model at once. */
  public static final int BLOCK = 32;

  /** What the evidence says. */
  public enum Decision {
    OPEN,
    /** The drop is proven smaller than the margin. */
    CERTIFIED,
    /** The drop is proven larger than the margin. */
    HARM
  }

  private final double margin;
  private final double alpha;
  private final MarginGuide guide;
  private final EProcess certificate;
  private final EProcess harm;
  private final EProcess gain;
  private final EProcess loss;
  private final List<WeightedChange> seen = new ArrayList<>();
  private final List<MarginGuide.Past> past = new ArrayList<>();
  private SamplingRule rule = SamplingRule.PLAIN;
  private Decision decision = Decision.OPEN;
  private double sum;
  private int asked;
  private int inBlock;
  private int guided;

  /**
   * Begins a gate.
   *
   * @param margin δ, the largest acceptable drop, in (0, 1)
   * @param alpha level of each decision, in (0, 0.5)
   * @param baseCost what the base's answer costs beside the tuned checkpoint's, at least 0
   */
  public GateSequence(double margin, double alpha, double baseCost) {
    if (!(margin > 0 && margin < 1) || !(alpha > 0 && alpha < 0.5) || !(baseCost >= 0)) {
      throw new IllegalArgumentException(
          "no such gate: margin " + margin + ", alpha " + alpha + ", base cost " + baseCost);
    }
    this.margin = margin;
    this.alpha = alpha;
    this.guide = new MarginGuide(margin, baseCost);
    this.certificate = EProcess.smallerThan(margin, Bets.onCertificate(margin));
    this.harm = EProcess.largerThan(margin, Bets.onHarm());
    this.gain = EProcess.smallerThan(0, Bets.onCertificate(margin));
    this.loss = EProcess.largerThan(0, Bets.onHarm());
  }

  /** Returns the rule by which the next item is taken; it changes between blocks only. */
  public SamplingRule rule() {
    return rule;
  }

  /** Returns how many more items the block takes that is under way. */
  public int leftInBlock() {
    return BLOCK - inBlock;
  }

  /** Sees an item that the rule left out. */
  public void leaveOut(double baseMargin) {
    requireOpen();
    past.add(new MarginGuide.Past(Math.abs(baseMargin), false, false));
    take(new WeightedChange(0, rule.bound()));
  }

  /**
   * Sees an item that was put to both.
   *
   * @param baseMargin in nats; NaN where the base has none
   * @param change 1 where it was lost, −1 where it was gained, 0 otherwise
   */
  public void see(double baseMargin, int change) {
    requireOpen();
    double pi = rule.probability(baseMargin);
    past.add(new MarginGuide.Past(Math.abs(baseMargin), true, change != 0));
    asked++;
    guided += rule.guides() ? 1 : 0;
    take(new WeightedChange(change / pi, rule.bound()));
    countInBlock();
  }

  /** Passes over an item that was asked and has no score on one of the sides. */
  public void passOver() {
    requireOpen();
    countInBlock();
  }

  private void countInBlock() {
    if (++inBlock == BLOCK && decision == Decision.OPEN) {
      inBlock = 0;
      rule = guide.rule(past);
    }
  }

  private void take(WeightedChange change) {
    seen.add(change);
    sum += change.z();
    certificate.see(change);
    harm.see(change);
    gain.see(change);
    loss.see(change);
    if (certificate.logPeak() >= logLevel()) {
      decision = Decision.CERTIFIED;
    } else if (harm.logPeak() >= logLevel()) {
      decision = Decision.HARM;
    }
  }

  private void requireOpen() {
    if (decision != Decision.OPEN) {
      throw new IllegalStateException("the gate is decided");
    }
  }

  private double logLevel() {
    return -Math.log(alpha);
  }

  /** Returns what is decided. */
  public Decision decision() {
    return decision;
  }

  /** Returns the items that were put to both and compared. */
  public int asked() {
    return asked;
  }

  /** Returns the items that the sequence went through, those that were left out included. */
  public int seen() {
    return seen.size();
  }

  /** Returns how many of those that were asked were chosen by the base's margin. */
  public int guided() {
    return guided;
  }

  /** Returns the largest e-value so far for a drop smaller than the margin, at least 1. */
  public double certificateValue() {
    return Math.exp(certificate.logPeak());
  }

  /** Returns the largest e-value so far for a drop larger than the margin, at least 1. */
  public double harmValue() {
    return Math.exp(harm.logPeak());
  }

  /** Returns how near a certificate is: ln K now as a share of ln 1/α, in [0, 1]. */
  public double nearnessToCertificate() {
    return nearness(certificate);
  }

  /** Returns how near a proof of harm is, in [0, 1]. */
  public double nearnessToHarm() {
    return nearness(harm);
  }

  private double nearness(EProcess evidence) {
    return Math.max(0, Math.min(1, evidence.logValue() / logLevel()));
  }

  /**
   * Returns the two-sided p of "nothing changed", valid whenever the sequence is ended: twice the
   * inverse of the larger e-value against a drop of 0 from either side.
   */
  public double changeP() {
    return Math.min(1, 2 * Math.exp(-Math.max(gain.logPeak(), loss.logPeak())));
  }

  /** Returns the weighted estimate of the drop, the mean of Z, in [−1, 1]; 0 without items. */
  public double drop() {
    return seen.isEmpty() ? 0 : Math.max(-1, Math.min(1, sum / seen.size()));
  }

  /**
   * Returns the confidence sequence of the drop at this moment, of level 1 − 2α, with the estimate,
   * which may have left it where the evidence was stronger before.
   */
  public Interval interval() {
    Interval interval = new ConfidenceSequence(seen, alpha, margin).interval();
    return new Interval(Math.min(interval.low(), drop()), Math.max(interval.high(), drop()));
  }
}
