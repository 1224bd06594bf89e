package dev.palimpsest.audit.verdict;

import dev.palimpsest.Sha256;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.PairedTable;
import dev.palimpsest.stats.sequential.GateSequence;
import dev.palimpsest.stats.sequential.SamplingRule;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One gate that is decided early, as far as the answers there are carry it.
 *
 * <p>It is played again from its first item whenever it is asked for: what it comes to, and what is
 * to be asked next, follow from the plan, its seed and the answers alone. A run that was killed
 * goes on to the same decision.
 */
public final class EarlyGate {
  /** A fact of the provenance says whether the base's answers on a suite were kept before. */
  private static final String BASE_FACT = "base answers of ";

  private static final String KEPT = "kept";
  private static final String COMPUTED = "computed";

  /** A fact of the provenance says that the time was over. */
  public static final String ENDED_BY = "ended by";

  public static final String BUDGET = "budget";

  private final PlannedSuite suite;
  private final long seed;
  private final Map<String, Answer> base;
  private final Map<String, Answer> tuned;
  private final GateSequence gate;
  private final List<String> baseNext = new ArrayList<>();
  private final List<String> tunedNext = new ArrayList<>();
  private int position;
  private int baseScored;
  private int baseRight;

  /**
   * What became of one item on one arm.
   *
   * @param scored whether it has a score
   * @param right whether it was answered right
   * @param margin log-probability by which the right answer leads, in nats; NaN where there is none
   */
  public record Answer(boolean scored, boolean right, double margin) {}

  /** Reads the answers of one suite on one arm, by item id; may be empty. */
  @FunctionalInterface
  public interface Answers {
    Map<String, Answer> of(String suite, String arm);
  }

  private EarlyGate(
      PlannedSuite suite,
      AuditPlan plan,
      double baseCost,
      Map<String, Answer> base,
      Map<String, Answer> tuned) {
    this.suite = suite;
    this.seed = plan.seed();
    this.base = base;
    this.tuned = tuned;
    this.gate = new GateSequence(suite.margin(), plan.alpha(), baseCost);
  }

  /**
   * Plays a gate as far as it goes.
   *
   * @param facts of the provenance
   */
  public static EarlyGate of(
      AuditPlan plan, PlannedSuite suite, String arm, Answers answers, Map<String, String> facts) {
    EarlyGate gate =
        new EarlyGate(
            suite,
            plan,
            baseCost(plan, suite, facts),
            answers.of(suite.suite(), plan.base().name()),
            answers.of(suite.suite(), arm));
    gate.play();
    return gate;
  }

  /** Returns the fact to be written before the base's first answers on a suite are stored. */
  public static Map<String, String> baseFact(String suite, boolean kept) {
    return Map.of(baseFactName(suite), kept ? KEPT : COMPUTED);
  }

  /** Returns the name of that fact. */
  public static String baseFactName(String suite) {
    return BASE_FACT + suite;
  }

  /** The tuned checkpoints share what the base costs. */
  private static double baseCost(AuditPlan plan, PlannedSuite suite, Map<String, String> facts) {
    boolean kept = KEPT.equals(facts.get(baseFactName(suite.suite())));
    return kept ? 0 : 1.0 / plan.tuned().size();
  }

  private void play() {
    while (gate.decision() == GateSequence.Decision.OPEN && position < suite.itemIds().size()) {
      int end = look();
      if (!go(end)) {
        return;
      }
    }
  }

  /**
   * Notes what the block under way still lacks.
   *
   * @return the place after its last item, as far as it is known
   */
  private int look() {
    SamplingRule rule = gate.rule();
    int taken = 0;
    int place = position;
    while (taken < gate.leftInBlock() && place < suite.itemIds().size()) {
      String item = suite.itemIds().get(place);
      boolean known = base.containsKey(item);
      if (!known) {
        baseNext.add(item);
      }
      // What a guided block takes is not known before the base is: a block of that comes first.
      boolean blind = rule.guides() && !baseNext.isEmpty();
      boolean takes = blind ? !known : takes(rule, item);
      if (takes && !blind && !tuned.containsKey(item)) {
        tunedNext.add(item);
      }
      taken += takes ? 1 : 0;
      place++;
    }
    return place;
  }

  /** Returns whether everything up to a place has its answers. */
  private boolean go(int end) {
    SamplingRule rule = gate.rule();
    while (position < end && gate.decision() == GateSequence.Decision.OPEN) {
      String item = suite.itemIds().get(position);
      Answer before = base.get(item);
      if (before == null) {
        return false;
      }
      boolean takes = takes(rule, item);
      Answer after = tuned.get(item);
      if (takes && after == null) {
        return false;
      }
      see(before, takes ? after : null);
      position++;
    }
    return true;
  }

  private void see(Answer before, Answer after) {
    baseScored += before.scored() ? 1 : 0;
    baseRight += before.scored() && before.right() ? 1 : 0;
    if (after == null) {
      gate.leaveOut(before.margin());
    } else if (before.scored() && after.scored()) {
      gate.see(before.margin(), (before.right() ? 1 : 0) - (after.right() ? 1 : 0));
    } else {
      gate.passOver();
    }
  }

  private boolean takes(SamplingRule rule, String item) {
    return !rule.guides() || draw(item) < rule.probability(base.get(item).margin());
  }

  /** Returns the item's draw in [0, 1): the first 53 bits of sha256("SEED/SUITE/ITEM"). */
  private double draw(String item) {
    byte[] text = (seed + "/" + suite.suite() + "/" + item).getBytes(StandardCharsets.UTF_8);
    long bits = ByteBuffer.wrap(Sha256.start().digest(text)).getLong() >>> 11;
    return bits * 0x1.0p-53;
  }

  /** Returns the sequence as far as it was played. */
  public GateSequence sequence() {
    return gate;
  }

  /**
   * Returns what is known of the base: a table in which nothing changed, of all items that the
   * sequence went through, since those that were asked are the doubtful ones where the margin
   * guides. Few pairs stay few.
   */
  PairedTable ofBase(PairedTable pairs) {
    return Math.min(pairs.n(), baseScored) < FindingsDoubt.FEWEST_PAIRS
        ? pairs
        : new PairedTable(baseRight, 0, 0, baseScored - baseRight);
  }

  /** Tells whether nothing more is asked: it is decided, or its items are spent. */
  public boolean isOver() {
    return gate.decision() != GateSequence.Decision.OPEN || position == suite.itemIds().size();
  }

  /** Returns the items that the base is to be asked next; a block of them at the most. */
  public List<String> baseNext() {
    return isOver() ? List.of() : List.copyOf(baseNext);
  }

  /**
   * Returns the items that the tuned checkpoint is to be asked next, whose base is or will be
   * known.
   */
  public List<String> tunedNext() {
    return isOver() ? List.of() : List.copyOf(tunedNext);
  }

  /**
   * Returns how it ended.
   *
   * @param facts of the provenance
   */
  public Decided decided(double alpha, Map<String, String> facts) {
    return new Decided(
        why(facts),
        gate.asked(),
        gate.seen(),
        suite.itemIds().size(),
        gate.guided(),
        gate.certificateValue(),
        gate.harmValue(),
        alpha,
        baseScored == 0 ? 0 : (double) baseRight / baseScored,
        gate.drop());
  }

  private Decided.Why why(Map<String, String> facts) {
    return switch (gate.decision()) {
      case CERTIFIED -> Decided.Why.CERTIFIED;
      case HARM -> Decided.Why.HARM;
      case OPEN ->
          position == suite.itemIds().size()
              ? Decided.Why.POOL
              : BUDGET.equals(facts.get(ENDED_BY)) ? Decided.Why.BUDGET : Decided.Why.OPEN;
    };
  }
}
