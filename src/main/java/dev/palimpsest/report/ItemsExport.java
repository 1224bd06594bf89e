package dev.palimpsest.report;

import dev.palimpsest.CanonicalJson;
import dev.palimpsest.Sha256;
import dev.palimpsest.audit.AuditResult;
import dev.palimpsest.audit.Finding;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.PlannedSuite;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * items.jsonl: one line per item and tuned arm with both outcomes, each line canonical JSON.
 *
 * @param bytes UTF-8, LF after every line
 * @param lines how many
 */
record ItemsExport(byte[] bytes, int lines) {
  static final String FILE = "items.jsonl";

  /** One line; {@code tier} is null where the plan names none. */
  record Line(
      String suite,
      String item,
      String tier,
      String tuned,
      PairedOutcome.Change change,
      String prompt,
      Side base,
      Side tunedOutcome) {}

  /** One outcome; a detail that is not a finite number is null. */
  record Side(
      Outcome.State state,
      double score,
      String prompt,
      String output,
      String extracted,
      String explanation,
      SortedMap<String, Double> details) {}

  static ItemsExport of(AuditResult result, PairSource source) {
    Map<String, PlannedSuite> suites =
        result.audit().plan().suites().stream()
            .collect(Collectors.toMap(PlannedSuite::suite, suite -> suite, (a, b) -> a));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int lines = 0;
    for (Finding finding : result.findings()) {
      PlannedSuite suite = suites.get(finding.suite());
      for (PairedOutcome pair : source.pairs(finding.suite(), finding.tuned())) {
        out.writeBytes(CanonicalJson.bytes(line(suite, finding.tuned(), pair)));
        out.write('\n');
        lines++;
      }
    }
    return new ItemsExport(out.toByteArray(), lines);
  }

  ReportData.ItemsFile file() {
    return new ReportData.ItemsFile(FILE, lines, Sha256.hex(bytes));
  }

  private static Line line(PlannedSuite suite, String tuned, PairedOutcome pair) {
    Outcome base = pair.base();
    String tier = suite == null ? null : suite.tiers().get(base.itemId());
    return new Line(
        base.suite(),
        base.itemId(),
        tier,
        tuned,
        pair.change(),
        SafeText.wellFormed(base.prompt()),
        side(base, ""),
        side(pair.tuned(), base.prompt()));
  }

  /** The prompt is told again only where an arm was asked something else. */
  private static Side side(Outcome outcome, String promptOfBase) {
    boolean differs = !promptOfBase.isEmpty() && !outcome.prompt().equals(promptOfBase);
    SortedMap<String, Double> details = new TreeMap<>();
    outcome.details().forEach((name, value) -> details.put(name, Figures.roundedOrNull(value)));
    return new Side(
        outcome.state(),
        Figures.rounded(outcome.score()),
        differs ? SafeText.wellFormed(outcome.prompt()) : null,
        SafeText.wellFormed(outcome.output()),
        SafeText.wellFormed(outcome.extracted()),
        SafeText.wellFormed(outcome.explanation()),
        details);
  }
}
