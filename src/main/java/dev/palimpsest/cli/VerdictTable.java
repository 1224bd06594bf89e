package dev.palimpsest.cli;

import dev.palimpsest.audit.AuditResult;
import dev.palimpsest.audit.Finding;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints what an audit found. */
final class VerdictTable {
  private static final String ROW = "%-20s %-14s %5s %6s %6s %7s  %-17s %6s  %s%n";

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
        "90% INTERVAL",
        "MARGIN",
        "VERDICT");
    result.findings().forEach(this::row);
    out.println();
    result
        .audit()
        .plan()
        .tuned()
        .forEach(arm -> out.println(arm.name() + ": " + result.verdicts().get(arm.name())));
    out.println("Verdict: " + result.verdict());
    out.flush();
  }

  private void row(Finding finding) {
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
        finding.verdict());
  }

  private static String percent(double share, String flags) {
    return String.format(Locale.ROOT, "%" + flags + ".1f", 100 * share);
  }
}
