package dev.palimpsest.report.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.palimpsest.CanonicalJson;
import dev.palimpsest.Sha256;
import dev.palimpsest.audit.Outcome;
import dev.palimpsest.audit.PairedOutcome;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.plan.PlannedSuite;
import dev.palimpsest.audit.review.Review;
import dev.palimpsest.audit.review.Rulings;
import dev.palimpsest.report.SafeText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** items.jsonl: one line per item and tuned arm with both outcomes, each line canonical JSON. */
final class ItemsExport {
  static final String FILE = "items.jsonl";

  /**
   * One line; {@code tier} and {@code topic} are null where the plan names none, {@code cluster} is
   * the item's id where it stands alone, and {@code reviews} is left out where nobody said
   * anything.
   */
  record Line(
      String suite,
      String item,
      String tier,
      String topic,
      String cluster,
      String tuned,
      PairedOutcome.Change change,
      String prompt,
      Side base,
      Side tunedOutcome,
      @JsonInclude(JsonInclude.Include.NON_NULL) List<Said> reviews) {}

  /**
   * What somebody said of one of the two answers; {@code retracts} is null but in a retraction.
   *
   * @param id names it within the installation
   * @param of "base" or "tuned"
   * @param act "NOTE", "RIGHT", "WRONG" or "RETRACTION"
   * @param at RFC 3339, UTC
   */
  record Said(
      long id, String of, Review.Act act, Long retracts, String author, String reason, String at) {}

  /** One outcome; a detail that is not a finite number is null. */
  record Side(
      Outcome.State state,
      double score,
      String prompt,
      String output,
      String extracted,
      String explanation,
      SortedMap<String, Double> details) {}

  private final AuditPlan plan;
  private final Rulings rulings;
  private final OutputStream out;
  private int lines;

  private ItemsExport(AuditPlan plan, Rulings rulings, OutputStream out) {
    this.plan = plan;
    this.rulings = rulings;
    this.out = out;
  }

  /**
   * Writes the file: UTF-8, LF after every line. One line at a time is in memory.
   *
   * @param findings of which the items are written, in this order
   * @param reviews of the audit, oldest first
   */
  static int write(
      AuditPlan plan,
      List<Report.Key> findings,
      PairSource source,
      List<Review> reviews,
      OutputStream out) {
    ItemsExport export = new ItemsExport(plan, Rulings.of(reviews), out);
    findings.forEach(
        finding ->
            source.pairs(finding.suite(), finding.tuned()).forEach(pair -> export.add(pair)));
    return export.lines;
  }

  /** Returns what a report says of the file. */
  static ReportData.ItemsFile file(
      AuditPlan plan, List<Report.Key> findings, PairSource source, List<Review> reviews) {
    MessageDigest sha256 = Sha256.start();
    int lines =
        write(
            plan,
            findings,
            source,
            reviews,
            new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
    return new ReportData.ItemsFile(FILE, lines, HexFormat.of().formatHex(sha256.digest()));
  }

  private void add(PairedOutcome pair) {
    try {
      out.write(CanonicalJson.bytes(line(suite(pair.base().suite()), pair.tuned().arm(), pair)));
      out.write('\n');
      lines++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PlannedSuite suite(String id) {
    return plan.suites().stream().filter(one -> one.suite().equals(id)).findFirst().orElse(null);
  }

  private Line line(PlannedSuite suite, String tuned, PairedOutcome pair) {
    Outcome base = pair.base();
    String tier = suite == null ? null : suite.tiers().get(base.itemId());
    String topic = suite == null ? null : suite.topics().get(base.itemId());
    String cluster = suite == null ? base.itemId() : suite.cluster(base.itemId());
    return new Line(
        base.suite(),
        base.itemId(),
        tier,
        topic,
        cluster,
        tuned,
        pair.change(),
        SafeText.wellFormed(base.prompt()),
        side(base, ""),
        side(pair.tuned(), base.prompt()),
        reviews(pair));
  }

  private List<Said> reviews(PairedOutcome pair) {
    List<Said> said =
        Stream.concat(
                rulings.history(pair.base()).stream().map(one -> said("base", one)),
                rulings.history(pair.tuned()).stream().map(one -> said("tuned", one)))
            .toList();
    return said.isEmpty() ? null : said;
  }

  private static Said said(String of, Review review) {
    return new Said(
        review.id(),
        of,
        review.act(),
        review.retracts().isPresent() ? (Long) review.retracts().getAsLong() : null,
        review.author(),
        review.reason(),
        review.at().toString());
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
