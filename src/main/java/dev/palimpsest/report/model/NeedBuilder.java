package dev.palimpsest.report.model;

import dev.palimpsest.audit.PairBrief;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.need.ContextFollowing;
import dev.palimpsest.audit.need.Difference;
import dev.palimpsest.audit.need.TuningNeed;
import dev.palimpsest.audit.need.TuningNeeds;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PromptArm;
import dev.palimpsest.stats.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts into the report whether tuning was needed. */
final class NeedBuilder {
  private final AuditPlan plan;
  private final PairSource source;

  private NeedBuilder(AuditPlan plan, PairSource source) {
    this.plan = plan;
    this.source = source;
  }

  /** Returns the table; null where no other way to ask was tried. */
  static ReportData.Decision of(AuditPlan plan, PairSource source) {
    return plan.prompts().isEmpty() ? null : new NeedBuilder(plan, source).decision();
  }

  private ReportData.Decision decision() {
    TuningNeeds needs = new TuningNeeds(plan, this::scores);
    return new ReportData.Decision(
        plan.prompts().stream()
            .filter(one -> one.way().competes())
            .map(one -> new ReportData.PromptWay(one.name(), one.way().label(), one.said()))
            .toList(),
        needs.all().stream().map(NeedBuilder::row).toList(),
        needs.following().stream().map(NeedBuilder::row).toList());
  }

  /** Right or wrong of an arm, from its pairs with the base; the base's own from any pairs. */
  private Map<String, Boolean> scores(String suite, String arm) {
    boolean base = arm.equals(plan.base().name());
    String other = base ? plan.tuned().get(0).name() : arm;
    Map<String, Boolean> scores = new HashMap<>();
    for (PairBrief pair : source.pairs(suite, other).briefs()) {
      if (pair.change() != Change.NOT_COMPARABLE) {
        scores.put(pair.itemId(), isRight(pair.change(), base));
      }
    }
    return scores;
  }

  private static boolean isRight(Change change, boolean base) {
    return change == Change.BOTH_RIGHT || change == (base ? Change.LOST : Change.GAINED);
  }

  private static ReportData.NeedRow row(TuningNeed need) {
    Difference best = need.bestRival().map(TuningNeed.Rival::difference).orElse(null);
    return new ReportData.NeedRow(
        need.suite().suite(),
        need.suite().capability(),
        need.tuned(),
        need.n(),
        need.notComparable(),
        need.suite().margin(),
        Figures.rounded(need.base()),
        Figures.rounded(need.tunedScore()),
        need.rivals().stream().map(NeedBuilder::rival).toList(),
        need.best().isEmpty() ? null : need.best(),
        best == null ? null : Figures.rounded(best.value()),
        best == null ? null : ends(best.interval()),
        Figures.rounded(need.pHolm()),
        need.word().words(),
        need.sentence());
  }

  private static ReportData.Rival rival(TuningNeed.Rival rival) {
    Difference difference = rival.difference();
    return new ReportData.Rival(
        rival.name(),
        rival.way().map(PromptArm.Way::label).orElse("plain"),
        Figures.rounded(rival.score()),
        Figures.rounded(difference.value()),
        ends(difference.interval()),
        difference.table().gained(),
        difference.table().lost(),
        Figures.rounded(difference.pAbove()),
        Figures.rounded(rival.pEnough()));
  }

  private static ReportData.ContextRow row(ContextFollowing one) {
    Difference difference = one.difference();
    return new ReportData.ContextRow(
        one.suite().suite(),
        one.suite().capability(),
        one.tuned(),
        one.n(),
        one.suite().margin(),
        Figures.rounded(one.base()),
        Figures.rounded(one.tunedShare()),
        difference == null ? null : Figures.rounded(difference.value()),
        difference == null ? null : ends(difference.interval()),
        Figures.rounded(one.pLess()),
        one.word().words(),
        one.sentence());
  }

  private static List<Double> ends(Interval interval) {
    return List.of(Figures.rounded(interval.low()), Figures.rounded(interval.high()));
  }
}
