package dev.palimpsest.web;

import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.PairedOutcome.Change;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.review.ReviewedTable;
import dev.palimpsest.audit.review.Rulings;
import dev.palimpsest.report.model.ReportData;
import dev.palimpsest.suite.Item;
import dev.palimpsest.suite.Suite;
import dev.palimpsest.suite.SuiteLibrary;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the pages of items say of them beyond their outcomes. */
final class ItemTexts {
  private final SuiteLibrary library;

  ItemTexts(SuiteLibrary library) {
    this.library = library;
  }

  /** Returns a suite in the version that was frozen, unless that is not there any more. */
  Optional<Suite> suite(Audit audit, String suiteId) {
    return audit.plan().suites().stream()
        .filter(planned -> planned.suite().equals(suiteId))
        .findFirst()
        .map(PlannedSuite::digest)
        .flatMap(digest -> library.find(suiteId, digest));
  }

  /** Returns the suite's own item. */
  Optional<Item> item(Audit audit, String suiteId, String itemId) {
    return suite(audit, suiteId).flatMap(suite -> suite.item(itemId));
  }

  /** Returns what people's rulings would make of the finding that is shown, "" for nothing. */
  String reviewed(Audit audit, ItemFilter filter, Rulings rulings) {
    return filter.finding().map(finding -> reviewed(audit, filter, finding, rulings)).orElse("");
  }

  private static String reviewed(
      Audit audit, ItemFilter filter, ReportData.Capability finding, Rulings rulings) {
    Map<Change, Integer> counts =
        Map.of(
            Change.LOST, finding.lost(),
            Change.GAINED, finding.gained(),
            Change.BOTH_RIGHT, finding.bothRight(),
            Change.BOTH_WRONG, finding.bothWrong(),
            Change.NOT_COMPARABLE, finding.notComparable());
    List<PairedOutcome> pairs =
        filter
            .report()
            .pairs(finding.suite(), finding.tuned())
            .of(rulings.items(finding.suite(), audit.plan().base().name(), finding.tuned()));
    return ReviewedTable.of(counts, pairs, rulings).sentence();
  }
}
