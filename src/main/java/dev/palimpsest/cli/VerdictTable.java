package dev.palimpsest.cli;

import dev.palimpsest.audit.Arm;
import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.verdict.AuditResult;
import dev.palimpsest.audit.verdict.Condition;
import dev.palimpsest.audit.verdict.Finding;
import dev.palimpsest.audit.verdict.ReleaseVerdict;
import dev.palimpsest.audit.verdict.Verdict;
import dev.palimpsest.report.model.Headline;
import dev.palimpsest.report.page.Mark;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints what an audit found. */
final class VerdictTable {
  private static final String ROW = "%-20s %-14s %5s %6s %6s %7s  %-18s %6s  %s%n";

  private final PrintWriter out;

  VerdictTable(PrintWriter out) {
    this.out = out;
  }

  /** Prints one row per suite and tuned checkpoint, then the verdicts; rates in per cent. */
  void print(AuditResult result) {
    out.println();
    out.printf(
        ROW,
        "TUNED",
        "SUITE",
        "ITEMS",
        "BASE",
        "TUNED",
        "DELTA",
        Points.intervalLabel(result.audit().plan().level()).toUpperCase(Locale.ROOT),
        "MARGIN",
        "VERDICT");
    double level = result.audit().plan().level();
    for (Finding finding : result.findings()) {
      row(finding);
      finding.measures().forEach(m -> out.println("    " + m.label() + ": " + m.text(level)));
    }
    out.println();
    for (Arm arm : result.audit().plan().tuned()) {
      out.println(arm.name() + ": " + result.verdicts().get(arm.name()));
      out.println("  " + Headline.ofArm(result, arm.name()));
      result.conditions(arm.name()).forEach(one -> out.println("  " + one.sentence()));
    }
    out.println("Verdict: " + result.verdict());
    boolean regressed =
        result.findings().stream().anyMatch(finding -> finding.verdict() == Verdict.REGRESSED);
    if (regressed && result.verdict() == ReleaseVerdict.NOT_PROVEN) {
      out.println("The release is not proven, and a regression is.");
    }
    unjudged(result);
    out.flush();
  }

  /** A pass does not speak of what this base leaves nothing to judge in. */
  private void unjudged(AuditResult result) {
    String suites =
        result.conditions().stream()
            .filter(one -> one.kind() == Condition.Kind.JUDGED)
            .map(Condition::suite)
            .distinct()
            .collect(Collectors.joining(", "));
    if (!suites.isEmpty() && result.verdict() == ReleaseVerdict.PASS) {
      out.println("Not judged, as this base has nothing there to lose: " + suites + ".");
    }
  }

  private void row(Finding finding) {
    Mark mark = Mark.of(finding.verdict());
    out.printf(
        Locale.ROOT,
        ROW,
        finding.tuned(),
        finding.suite(),
        finding.n(),
        percent(finding.base(), ""),
        percent(finding.tunedScore(), ""),
        percent(finding.delta(), "+"),
        "[" + percent(finding.ciLow(), "+") + ", " + percent(finding.ciHigh(), "+") + "]",
        percent(finding.margin(), ""),
        mark.sign() + " " + mark.word());
  }

  private static String percent(double share, String flags) {
    return String.format(Locale.ROOT, "%" + flags + ".1f", 100 * share);
  }
}
