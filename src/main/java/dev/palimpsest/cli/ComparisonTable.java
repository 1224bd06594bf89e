package dev.palimpsest.cli;

import dev.palimpsest.audit.Points;
import dev.palimpsest.audit.comparison.Change;
import dev.palimpsest.audit.comparison.Comparison;
import dev.palimpsest.audit.comparison.PlanDifference;
import dev.palimpsest.audit.comparison.SuiteComparison;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** Prints two checkpoints beside each other. */
final class ComparisonTable {
  private static final String ROW = "%-16s %6s %6s %6s %7s  %-18s %8s %5s %6s  %s%n";

  private final PrintWriter out;

  ComparisonTable(PrintWriter out) {
    this.out = out;
  }

  void print(Comparison comparison) {
    out.println(comparison.sentence());
    if (!comparison.caution().isEmpty()) {
      out.println(comparison.caution());
    }
    out.println();
    out.println("LEFT   " + party(comparison.left()));
    out.println("RIGHT  " + party(comparison.right()));
    out.println();
    out.printf(
        ROW,
        "SUITE",
        "SHARED",
        "LEFT",
        "RIGHT",
        "CHANGE",
        Points.intervalLabel(comparison.level()).toUpperCase(Locale.ROOT),
        "P",
        "LOST",
        "GAINED",
        "RIGHT IS");
    comparison.suites().forEach(this::row);
    comparison.suites().forEach(one -> bases(comparison, one));
    for (Comparison.NotCompared one : comparison.notCompared()) {
      out.println(one.suite() + " is not compared: " + one.why() + ".");
    }
    differences(comparison);
  }

  private static String party(Comparison.Party party) {
    String against = party.base().equals(party.arm()) ? "" : ", against " + party.base();
    return party.arm() + " of audit " + party.audit() + " (" + party.title() + ")" + against;
  }

  private void row(SuiteComparison one) {
    Change change = one.change();
    out.printf(
        ROW,
        one.suite(),
        change.n(),
        Points.of(change.from()),
        Points.of(change.to()),
        Points.signed(change.delta()),
        between(change),
        Points.pValue(change.p()),
        change.lost(),
        change.gained(),
        one.standing().name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  private void bases(Comparison comparison, SuiteComparison one) {
    against(one, comparison.left(), one.left());
    against(one, comparison.right(), one.right());
    one.twoByTwo().ifPresent(found -> out.println("    " + found.sentence()));
  }

  private void against(SuiteComparison one, Comparison.Party party, Optional<Change> change) {
    change.ifPresent(
        found ->
            out.println(
                one.suite()
                    + ", "
                    + party.arm()
                    + " against "
                    + party.base()
                    + ": "
                    + Points.signed(found.delta())
                    + " points ("
                    + between(found)
                    + ")"));
  }

  private static String between(Change change) {
    return Points.signed(change.interval().low())
        + " to "
        + Points.signed(change.interval().high());
  }

  private void differences(Comparison comparison) {
    if (comparison.differences().isEmpty()) {
      out.println("Apart from the checkpoints, both audits asked alike.");
      return;
    }
    out.println();
    out.println("What else differs:");
    for (PlanDifference one : comparison.differences()) {
      out.println(
          "  "
              + one.what()
              + ": "
              + one.left()
              + ", "
              + one.right()
              + (one.touchesScores() ? " (scores may differ for this alone)" : ""));
    }
  }
}
