package dev.palimpsest.report;

import dev.palimpsest.CanonicalJson;
import dev.palimpsest.Sha256;
import dev.palimpsest.audit.AuditResult;
import dev.palimpsest.audit.Audits;
import dev.palimpsest.audit.Finding;
import dev.palimpsest.audit.PairedOutcome;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
  private final byte[] items;
  private final Map<Key, List<PairedOutcome>> pairs;
  private final Map<String, Map<String, String>> tiers;

  private record Key(String suite, String tuned) {}

  private Report(
      ReportData data,
      byte[] items,
      Map<Key, List<PairedOutcome>> pairs,
      Map<String, Map<String, String>> tiers) {
    this.tiers = tiers;
    this.data = data;
    this.json = CanonicalJson.bytes(data);
    this.items = items;
    this.pairs = pairs;
  }

  /** Makes the report of an audit, finished or not. */
  public static Report build(Audits audits, String auditId) {
    Objects.requireNonNull(auditId, "auditId is null");
    if (audits.find(auditId).isEmpty()) {
      throw new ReportException(
          "There is no audit " + auditId + "; list the audits to find its id.");
    }
    return of(audits.result(auditId), (suite, tuned) -> audits.pairs(auditId, suite, tuned));
  }

  /** Makes the report of a result and its paired outcomes. */
  public static Report of(AuditResult result, PairSource source) {
    Map<Key, List<PairedOutcome>> pairs = new LinkedHashMap<>();
    for (Finding finding : result.findings()) {
      Key key = new Key(finding.suite(), finding.tuned());
      pairs.put(key, List.copyOf(source.pairs(key.suite, key.tuned)));
    }
    PairSource kept = (suite, tuned) -> pairs.getOrDefault(new Key(suite, tuned), List.of());
    ItemsExport items = ItemsExport.of(result, kept);
    Map<String, Map<String, String>> tiers = new HashMap<>();
    result.audit().plan().suites().forEach(suite -> tiers.put(suite.suite(), suite.tiers()));
    ReportData data = ReportBuilder.build(result, kept, items.file());
    return new Report(data, items.bytes(), pairs, tiers);
  }

  /** Returns the content of report.json as Java values. */
  public ReportData data() {
    return data;
  }

  /** Returns the bytes of report.json. */
  public byte[] json() {
    return json.clone();
  }

  /** Returns the bytes of items.jsonl. */
  public byte[] items() {
    return items.clone();
  }

  /** Returns the sha256 of report.json, lower-case hex. */
  public String digest() {
    return Sha256.hex(json);
  }

  /** Returns an item's tier as the plan names it, "" where it names none. */
  public String tier(String suite, String itemId) {
    return tiers.getOrDefault(suite, Map.of()).getOrDefault(itemId, "");
  }

  /** Returns the paired outcomes behind one finding, in plan order. */
  public List<PairedOutcome> pairs(String suite, String tuned) {
    return pairs.getOrDefault(new Key(suite, tuned), List.of());
  }
}
