package dev.palimpsest.report.model;

import dev.palimpsest.CanonicalJson;
import dev.palimpsest.Sha256;
import dev.palimpsest.audit.SuitePairs;
import dev.palimpsest.audit.amplified.AmplifiedResult;
import dev.palimpsest.audit.judge.JudgedAudit;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.audit.review.Review;
import dev.palimpsest.audit.run.Audits;
import dev.palimpsest.audit.verdict.AuditResult;
import dev.palimpsest.report.ReportException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An audit's report: immutable, named by the digest of its canonical JSON.
 *
 * <p>The same result gives the same bytes. The digest is the sha256 of report.json as it lies on
 * disk, and report.json names the sha256 of items.jsonl, so a signature over the digest covers
 * both.
 */
public final class Report {
  private final ReportData data;
  private final byte[] json;
  private final AuditPlan plan;
  private final PairSource source;

  /** A suite and tuned arm. */
  record Key(String suite, String tuned) {}

  private Report(ReportData data, byte[] json, AuditPlan plan, PairSource source) {
    this.data = data;
    this.json = json;
    this.plan = plan;
    this.source = source;
  }

  /** Makes the report of an audit, finished or not; reads every text once. */
  public static Report build(Audits audits, String auditId) {
    return of(result(audits, auditId), source(audits, auditId));
  }

  /**
   * Makes the report of an audit that still runs, of counts alone: it names no digest of
   * items.jsonl, so it is for showing and not for keeping.
   */
  public static Report interim(Audits audits, String auditId) {
    AuditResult result = result(audits, auditId);
    int lines = result.findings().stream().mapToInt(f -> f.n() + f.notComparable()).sum();
    PairSource source = source(audits, auditId);
    return of(
        result, source, source.reviews(), new ReportData.ItemsFile(ItemsExport.FILE, lines, ""));
  }

  /** Makes the report of a result and its paired outcomes. */
  public static Report of(AuditResult result, PairSource source) {
    List<Key> findings =
        result.findings().stream().map(f -> new Key(f.suite(), f.tuned())).toList();
    List<Review> reviews = source.reviews();
    ReportData.ItemsFile items = ItemsExport.file(result.audit().plan(), findings, source, reviews);
    return of(result, source, reviews, items);
  }

  private static Report of(
      AuditResult result, PairSource source, List<Review> reviews, ReportData.ItemsFile items) {
    ReportData data = ReportBuilder.build(result, source, reviews, items);
    return new Report(data, CanonicalJson.bytes(data), result.audit().plan(), source);
  }

  /** Returns a report that was made before. */
  static Report stored(Audits audits, Audit audit, ReportData data, byte[] json) {
    return new Report(data, json, audit.plan(), source(audits, audit.id()));
  }

  private static AuditResult result(Audits audits, String auditId) {
    Objects.requireNonNull(auditId, "auditId is null");
    if (audits.find(auditId).isEmpty()) {
      throw new ReportException(
          "There is no audit " + auditId + "; list the audits to find its id.");
    }
    return audits.result(auditId);
  }

  private static PairSource source(Audits audits, String auditId) {
    return new PairSource() {
      @Override
      public SuitePairs pairs(String suite, String tuned) {
        return audits.items(auditId, suite, tuned);
      }

      @Override
      public List<Review> reviews() {
        return audits.reviews(auditId);
      }

      @Override
      public Optional<JudgedAudit> judged() {
        return audits.judged(auditId);
      }

      @Override
      public List<AmplifiedResult> amplified() {
        return audits.amplified(auditId);
      }
    };
  }

  /** Returns the content of report.json as Java values. */
  public ReportData data() {
    return data;
  }

  /** Returns the bytes of report.json. */
  public byte[] json() {
    return json.clone();
  }

  /** Returns the bytes of items.jsonl, all of them in memory. */
  public byte[] items() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeItems(out);
    return out.toByteArray();
  }

  /** Writes items.jsonl piece by piece. */
  public void writeItems(OutputStream out) {
    List<Key> findings =
        data.capabilities().stream().map(c -> new Key(c.suite(), c.tuned())).toList();
    // Of reviews that came since, the digest in report.json knows nothing.
    List<Review> reviews = source.reviews().stream().limit(data.reviews().entries()).toList();
    ItemsExport.write(plan, findings, source, reviews, out);
  }

  /** Returns the sha256 of report.json, lower-case hex. */
  public String digest() {
    return Sha256.hex(json);
  }

  /** Returns an item's tier as the plan names it, "" where it names none. */
  public String tier(String suite, String itemId) {
    return plan.suites().stream()
        .filter(one -> one.suite().equals(suite))
        .map(one -> one.tiers().getOrDefault(itemId, ""))
        .findFirst()
        .orElse("");
  }

  /** Returns the paired outcomes behind one finding, in plan order. */
  public SuitePairs pairs(String suite, String tuned) {
    return source.pairs(suite, tuned);
  }
}
