package dev.palimpsest.report.model;

import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.verdict.Drift;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.stats.ExcessFlips;
import dev.palimpsest.stats.Interval;
import dev.palimpsest.stats.LossAndGain;
import java.util.List;

/** How a finding is read: of this suite or of tasks like it, beyond noise, beyond guessing. */
record ReadingFigures(PlannedSuite suite, Finding finding, double level) {

  /** Returns the change of this very suite; null where its size is not known. */
  ReportData.Reading fixedSuite() {
    return finding
        .circumstances()
        .fixedSuite()
        .map(interval -> reading(interval, "On the " + suite.population() + " items of this suite"))
        .orElse(null);
  }

  ReportData.Reading tasksLikeIt() {
    return reading(new Interval(finding.ciLow(), finding.ciHigh()), "On tasks like them");
  }

  private ReportData.Reading reading(Interval interval, String of) {
    boolean exact = interval.low() == interval.high();
    String text =
        of
            + " the score changes by "
            + Points.signed(finding.delta())
            + " points"
            + (exact
                ? ", exactly, as all of them ran"
                : " ("
                    + Points.intervalLabel(level)
                    + " "
                    + Points.signed(interval.low())
                    + " to "
                    + Points.signed(interval.high())
                    + ")")
            + ".";
    return new ReportData.Reading(Figures.rounded(finding.delta()), ends(interval), text);
  }

  /** Returns what changes sides beyond noise; null where noise was not measured. */
  ReportData.Excess excessFlips() {
    double discordance = finding.counts().table().discordance();
    return finding
        .circumstances()
        .excess()
        .map(
            (ExcessFlips flips) ->
                new ReportData.Excess(
                    Figures.rounded(discordance),
                    Figures.rounded(discordance - flips.excess()),
                    Figures.rounded(flips.excess()),
                    ends(flips.interval()),
                    flips.isProven()))
        .orElse(null);
  }

  ReportData.LossAndGain lossAndGain() {
    double drop = finding.counts().table().drop();
    return finding
        .circumstances()
        .lossAndGain()
        .map(
            found ->
                new ReportData.LossAndGain(
                    Figures.rounded(found.loss()),
                    Figures.rounded(found.gain()),
                    Figures.rounded(found.byChance()),
                    Figures.rounded(found.trueLoss()),
                    Figures.rounded(found.trueGain()),
                    Figures.rounded(found.mostLoss()),
                    Figures.roundedOrNull(
                        LossAndGain.shareOfSkill(drop, finding.base(), suite.chance())),
                    found.guessesGoTogether()))
        .orElse(null);
  }

  List<ReportData.DriftRow> drift() {
    double alpha = (1 - level) / 2;
    return finding.circumstances().drift().stream().map(row -> row(row, alpha)).toList();
  }

  private static ReportData.DriftRow row(Drift row, double alpha) {
    return new ReportData.DriftRow(
        row.kind(),
        row.name(),
        row.n(),
        row.lost(),
        row.gained(),
        Figures.rounded(row.delta()),
        Figures.rounded(row.p()),
        Figures.rounded(row.pHolm()),
        Figures.rounded(row.qDrift()),
        row.beyondFloor(),
        row.isProven(alpha));
  }

  private static List<Double> ends(Interval interval) {
    return List.of(Figures.rounded(interval.low()), Figures.rounded(interval.high()));
  }
}
