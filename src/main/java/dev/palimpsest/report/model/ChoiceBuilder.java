package dev.palimpsest.report.model;

import dev.palimpsest.audit.choice.Choice;
import dev.palimpsest.audit.choice.Choosing;
import dev.palimpsest.audit.choice.Entrant;
import dev.palimpsest.audit.plan.ChoicePlan;
import dev.palimpsest.audit.verdict.AuditResult;
import dev.palimpsest.audit.verdict.Finding;
import java.util.List;
import java.util.Locale;

/** Puts a choice among the tuned arms into the report. */
final class ChoiceBuilder {
  private ChoiceBuilder() {}

  /** Returns the choice; null where none is to be made, or not everything ran. */
  static ReportData.Choice of(AuditResult result, PairSource source) {
    if (result.audit().finishedAt().isEmpty()) {
      return null;
    }
    return Choosing.of(result.audit().plan(), (suite, tuned) -> source.pairs(suite, tuned).briefs())
        .map(ChoiceBuilder::choice)
        .orElse(null);
  }

  private static ReportData.Choice choice(Choice choice) {
    boolean halves = choice.plan().rule() == ChoicePlan.Rule.HALVES;
    return new ReportData.Choice(
        choice.plan().among().name().toLowerCase(Locale.ROOT),
        choice.plan().rule().label(),
        halves ? "A" : "all",
        choice.plan().seed(),
        choice.entrants().stream().map(ChoiceBuilder::entrant).toList(),
        choice.chosen().orElse(null),
        choice.why(),
        choice.certificate().map(one -> certified(one, halves ? "B" : "all")).orElse(null));
  }

  private static ReportData.Entrant entrant(Entrant one) {
    return new ReportData.Entrant(
        one.tuned(),
        one.scale(),
        one.gain().map(Figures::rounded).orElse(null),
        one.gain().map(gain -> Figures.rounded(one.gainError())).orElse(null),
        one.worst().map(Finding::suite).orElse(null),
        one.worst().map(f -> Figures.rounded(f.delta())).orElse(null),
        one.worst().map(Finding::margin).orElse(null),
        one.obstacle());
  }

  private static ReportData.Certified certified(Choice.Certificate certificate, String on) {
    return new ReportData.Certified(
        on,
        certificate.items(),
        certificate.verdict(),
        certificate.sentence(),
        certificate.findings().stream().map(ChoiceBuilder::finding).toList());
  }

  private static ReportData.CertifiedFinding finding(Finding f) {
    return new ReportData.CertifiedFinding(
        f.suite(),
        f.capability(),
        f.n(),
        Figures.rounded(f.base()),
        Figures.rounded(f.tunedScore()),
        Figures.rounded(f.delta()),
        List.of(Figures.rounded(f.ciLow()), Figures.rounded(f.ciHigh())),
        f.lost(),
        f.gained(),
        f.margin(),
        f.verdict(),
        f.sentence());
  }
}
