package dev.palimpsest.report.model;

import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.review.Review;
import dev.palimpsest.audit.review.ReviewedTable;
import dev.palimpsest.audit.review.Rulings;
import dev.palimpsest.audit.verdict.AuditResult;
import dev.palimpsest.audit.verdict.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a report says of reviews: counts beside the findings, which stay as they are. */
final class ReviewFigures {
  private final AuditResult result;
  private final PairSource source;
  private final Rulings rulings;
  private final Set<String> overridden = new HashSet<>();

  private ReviewFigures(AuditResult result, PairSource source, Rulings rulings) {
    this.result = result;
    this.source = source;
    this.rulings = rulings;
  }

  static ReportData.Reviews of(AuditResult result, PairSource source, List<Review> reviews) {
    return reviews.isEmpty()
        ? new ReportData.Reviews(0, 0, List.of())
        : new ReviewFigures(result, source, Rulings.of(reviews)).build(reviews.size());
  }

  private ReportData.Reviews build(int entries) {
    List<ReportData.Reviewed> tables = new ArrayList<>();
    for (Finding finding : result.findings()) {
      List<PairedOutcome> pairs = reviewed(finding);
      ReviewedTable table = ReviewedTable.of(counts(finding), pairs, rulings);
      if (table.overridden() > 0) {
        tables.add(reviewed(finding, table));
      }
      pairs.forEach(this::note);
    }
    return new ReportData.Reviews(entries, overridden.size(), tables);
  }

  private List<PairedOutcome> reviewed(Finding finding) {
    String base = result.audit().plan().base().name();
    return source
        .pairs(finding.suite(), finding.tuned())
        .of(rulings.items(finding.suite(), base, finding.tuned()));
  }

  /** An answer of the base belongs to several findings and counts once. */
  private void note(PairedOutcome pair) {
    for (var outcome : List.of(pair.base(), pair.tuned())) {
      if (rulings.isOverridden(outcome)) {
        overridden.add(outcome.suite() + "\n" + outcome.arm() + "\n" + outcome.itemId());
      }
    }
  }

  private static Map<Change, Integer> counts(Finding finding) {
    return Map.of(
        Change.LOST, finding.lost(),
        Change.GAINED, finding.gained(),
        Change.BOTH_RIGHT, finding.bothRight(),
        Change.BOTH_WRONG, finding.bothWrong(),
        Change.NOT_COMPARABLE, finding.notComparable());
  }

  private static ReportData.Reviewed reviewed(Finding finding, ReviewedTable table) {
    return new ReportData.Reviewed(
        finding.suite(),
        finding.tuned(),
        table.overridden(),
        table.count(Change.BOTH_RIGHT),
        table.count(Change.LOST),
        table.count(Change.GAINED),
        table.count(Change.BOTH_WRONG),
        table.count(Change.NOT_COMPARABLE),
        Figures.roundedOrNull(table.base()),
        Figures.roundedOrNull(table.tuned()),
        table.sentence());
  }
}
