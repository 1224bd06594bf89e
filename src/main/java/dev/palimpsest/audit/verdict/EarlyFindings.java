package dev.palimpsest.audit.verdict;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.LossAndGain;
import dev.palimpsest.stats.Multiplicity;
import dev.palimpsest.stats.PairedTable;
import dev.palimpsest.stats.sequential.GateSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes findings of gates that may be decided at any item: verdicts by their e-values, intervals by
 * the confidence sequence at the moment of the decision, p-values that hold whenever it came.
 */
final class EarlyFindings {
  private static final int NEVER = Integer.MAX_VALUE;

  private final AuditPlan plan;
  private final Findings.Pairs pairs;
  private final EarlyGate.Answers answers;
  private final Map<String, String> facts;

  EarlyFindings(
      AuditPlan plan, Findings.Pairs pairs, EarlyGate.Answers answers, Map<String, String> facts) {
    this.plan = plan;
    this.pairs = pairs;
    this.answers = answers;
    this.facts = facts;
  }

  /** One gate, before the others are known. */
  private record Played(
      PlannedSuite suite, String tuned, EarlyGate gate, List<PairBrief> pairs, Interval drop) {
    GateSequence sequence() {
      return gate.sequence();
    }
  }

  /** Judges every suite on every tuned arm, by arm, in plan order. */
  List<Finding> all() {
    List<Played> all = new ArrayList<>();
    for (Arm arm : plan.tuned()) {
      for (PlannedSuite suite : plan.suites()) {
        EarlyGate gate = EarlyGate.of(plan, suite, arm.name(), answers, facts);
        List<PairBrief> found = pairs.of(suite.suite(), arm.name());
        all.add(new Played(suite, arm.name(), gate, found, gate.sequence().interval()));
      }
    }
    double[] holm =
        Multiplicity.holm(all.stream().mapToDouble(one -> one.sequence().changeP()).toArray());
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < holm.length; i++) {
      findings.add(finding(all.get(i), new FindingsClaims(holm.length, holm[i], plan.alpha())));
    }
    return findings;
  }

  private Finding finding(Played played, FindingsClaims claims) {
    PlannedSuite suite = played.suite();
    GateSequence sequence = played.sequence();
    FindingsCounts counts = FindingsCounts.of(played.pairs());
    PairedTable table = counts.table();
    Verdict proven = judge(sequence.decision(), played.drop(), claims);
    Optional<FindingsDoubt> doubt =
        FindingsDoubt.of(suite, played.gate().ofBase(table), counts.notComparable());
    Verdict verdict = doubt.map(d -> survivor(d, proven)).orElse(proven);
    Decided decided = played.gate().decided(plan.alpha(), facts);
    int needed = verdict.isOpen() ? itemsNeeded(sequence, table, suite) : 0;
    String sentence =
        new EarlySentence(suite, counts, decided, played.drop(), verdict, doubt, needed, claims)
            .text();
    return new Finding(
        suite.suite(),
        suite.capability(),
        played.tuned(),
        suite.metric(),
        new Finding.Counts(table, counts.notComparable()),
        new Finding.Change(
            0 - sequence.drop(), played.drop().negated(), sequence.changeP(), claims.pHolm()),
        new Finding.Gate(
            suite.margin(),
            1 / sequence.certificateValue(),
            Math.max(0, played.drop().high()),
            needed,
            verdict,
            sentence),
        measures(played, decided),
        circumstances(played, decided),
        Optional.of(decided));
  }

  /** Items that were chosen by the base's margin are no picture of the suite's means. */
  private List<Measure> measures(Played played, Decided decided) {
    List<Measure> measures = new ArrayList<>(List.of(progress(decided)));
    if (decided.guided() == 0) {
      measures.addAll(Statistics.of(played.suite(), played.pairs(), plan.level()));
    }
    return measures;
  }

  private static Measure progress(Decided decided) {
    String ended =
        switch (decided.why()) {
          case CERTIFIED -> "certified after " + decided.items() + " of ";
          case HARM -> "proven harm after " + decided.items() + " of ";
          case POOL -> "not decided by all ";
          case BUDGET -> "not decided in the time given, after " + decided.items() + " of ";
          case OPEN -> "not decided yet, after " + decided.items() + " of ";
        };
    String chosen =
        decided.guided() == 0 ? "" : ", " + decided.guided() + " chosen by the base's margin";
    return new Measure(
        "itemsAsked",
        "Decided early",
        decided.of() == 0 ? 0 : (double) decided.items() / decided.of(),
        null,
        Measure.Unit.SHARE,
        true,
        String.format(
            Locale.ROOT,
            "%s%d items%s; e-value %.3g, of harm %.3g, %.3g decides; estimate weighted, interval the"
                + " confidence sequence",
            ended,
            decided.of(),
            chosen,
            decided.eValue(),
            decided.harmValue(),
            1 / decided.alpha()));
  }

  /**
   * Returns what of a verdict survives a doubt: a proven change outlives a base at chance or at the
   * floor; where too many scores are missing, or there are too few, nothing does.
   */
  private static Verdict survivor(FindingsDoubt doubt, Verdict proven) {
    boolean change =
        proven == Verdict.FAILED || proven == Verdict.REGRESSED || proven == Verdict.IMPROVED;
    boolean scores =
        doubt.kind() == FindingsDoubt.Kind.BASE_AT_CHANCE
            || doubt.kind() == FindingsDoubt.Kind.BASE_AT_FLOOR;
    return change && scores ? proven : Verdict.UNINFORMATIVE;
  }

  /** Of what is told beside a gate, only what holds whenever a sequence ends. */
  private static Circumstances circumstances(Played played, Decided decided) {
    Circumstances unknown = Circumstances.UNKNOWN;
    return new Circumstances(
        played.sequence().changeP(),
        unknown.pairs(),
        played.drop().negated(),
        unknown.fixedSuite(),
        unknown.floor(),
        unknown.excess(),
        unknown.lossAndGain(),
        LossAndGain.shareOfSkill(played.suite().margin(), decided.base(), played.suite().chance()),
        unknown.drift());
  }

  /** A decision holds by its e-value; the confidence sequence says what else is proven. */
  private static Verdict judge(
      GateSequence.Decision decision, Interval drop, FindingsClaims claims) {
    return switch (decision) {
      case HARM -> Verdict.FAILED;
      case OPEN -> drop.low() > 0 ? Verdict.REGRESSED : Verdict.INCONCLUSIVE;
      case CERTIFIED -> {
        if (drop.low() > 0) {
          yield Verdict.CERTIFIED_WITH_REGRESSION;
        }
        yield drop.high() < 0 && claims.gainHolds() ? Verdict.IMPROVED : Verdict.CERTIFIED;
      }
    };
  }

  /**
   * Returns about how many items would decide if the rest came out alike: the best bet grows by (δ
   * − θ)² / 2ψ an item. A gain is not counted on.
   */
  private static int itemsNeeded(GateSequence sequence, PairedTable table, PlannedSuite suite) {
    double distance = suite.margin() - Math.max(0, sequence.drop());
    double psi = Math.max(table.discordance(), suite.margin() / 2);
    double needed = 6 * psi / (distance * distance);
    return needed < NEVER ? Math.max((int) needed, sequence.asked() + 1) : NEVER;
  }
}
