package dev.palimpsest.evidence.bundle;

import dev.palimpsest.evidence.Dossier;
import dev.palimpsest.evidence.format.Gate;
import dev.palimpsest.evidence.statement.Statement;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.report.model.ReportData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is signed of a dossier beside its decisions: one statement per gate and checkpoint. */
final class Statements {
  private final Dossier dossier;
  private final Map<String, String> files;

  /**
   * @param files sha256 by name, of those that statements refer to
   */
  Statements(Dossier dossier, Map<String, String> files) {
    this.dossier = dossier;
    this.files = files;
  }

  /** Returns the statements about checkpoints, always in the same order. */
  List<Statement> all() {
    List<Statement> all = new ArrayList<>();
    for (ReportData.TunedCheckpoint tuned : dossier.data().tuned()) {
      dossier.findings(tuned.name()).forEach(finding -> all.add(testResult(tuned, finding)));
      all.add(driftAudit(tuned));
    }
    return all;
  }

  private static Map<String, String> subject(ReportData.TunedCheckpoint tuned) {
    return Map.of(tuned.name(), tuned.digest());
  }

  private Statement testResult(ReportData.TunedCheckpoint tuned, ReportData.Capability finding) {
    Gate gate = Gate.of(finding.verdict());
    String name = Gate.name(finding);
    Map<String, Object> predicate = new LinkedHashMap<>();
    predicate.put("result", gate.name());
    predicate.put(
        "configuration",
        List.of(
            file(Members.PLAN),
            file(Members.RUN_CONFIG),
            Map.of(
                "name",
                "suite:" + finding.suite() + "@" + dossier.suite(finding.suite()).version(),
                "digest",
                sha256(dossier.suite(finding.suite()).digest()))));
    predicate.put("passedTests", gate == Gate.PASSED ? List.of(name) : List.of());
    predicate.put(
        "warnedTests",
        gate == Gate.WARNED ? List.of(name + ":" + finding.verdict().name()) : List.of());
    predicate.put("failedTests", gate == Gate.FAILED ? List.of(name) : List.of());
    return new Statement(subject(tuned), Statement.TEST_RESULT, predicate);
  }

  private Statement driftAudit(ReportData.TunedCheckpoint tuned) {
    ReportData data = dossier.data();
    Map<String, Object> predicate = new LinkedHashMap<>();
    predicate.put("baseline", resource(data.base().name(), data.base().digest()));
    predicate.put("kind", tuned.kind());
    predicate.put("verdict", tuned.verdict().name());
    predicate.put(
        "capabilities",
        dossier.findings(tuned.name()).stream().map(Statements::capability).toList());
    predicate.put("level", data.audit().level());
    predicate.put("noiseFloor", data.noiseFloor());
    predicate.put("limitations", data.limits());
    predicate.put("report", file(Members.REPORT));
    predicate.put("items", file(data.items().file()));
    predicate.put("plan", file(Members.PLAN));
    predicate.put("startedOn", data.audit().frozenAt());
    predicate.put("finishedOn", dossier.finishedAt());
    predicate.put("tool", Map.of("name", "palimpsest", "version", dossier.version()));
    return new Statement(subject(tuned), Statement.DRIFT_AUDIT, predicate);
  }

  private static Map<String, Object> capability(ReportData.Capability finding) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("suite", finding.suite());
    all.put("metric", finding.metric());
    all.put("n", finding.n());
    all.put("base", finding.base());
    all.put("tuned", finding.tunedScore());
    all.put("delta", finding.delta());
    all.put("interval", finding.ci());
    all.put("method", "Tango, paired");
    all.put("broke", finding.lost());
    all.put("fixed", finding.gained());
    all.put("notComparable", finding.notComparable());
    all.put("margin", finding.margin());
    all.put("verdict", finding.verdict().name());
    all.put("rule", Gate.name(finding));
    return all;
  }

  /** Returns the statement about the end of the ledger. */
  static Statement ledgerHead(Ledger.Head head) {
    return new Statement(
        Map.of("ledger", head.hash()),
        Statement.LEDGER_HEAD,
        Map.of("seq", head.seq(), "hash", head.hash()));
  }

  /**
   * Returns the statement that closes a bundle.
   *
   * @param members sha256 of every member but the statements and their sums, by name
   * @param others the sha256 of the payloads of all other statements
   * @param now when it is signed
   */
  Statement bundle(Map<String, String> members, List<String> others, Instant now) {
    return new Statement(
        members,
        Statement.BUNDLE,
        Map.of(
            "audit",
            dossier.data().audit().id(),
            "report",
            file(Members.REPORT),
            "statements",
            others,
            "signedOn",
            now.toString()));
  }

  private Map<String, Object> file(String name) {
    String digest = files.get(name);
    if (digest == null) {
      throw new IllegalStateException("no digest of " + name);
    }
    return resource(name, digest);
  }

  static Map<String, Object> resource(String name, String digest) {
    return Map.of("name", name, "digest", sha256(digest));
  }

  private static Map<String, String> sha256(String digest) {
    return Map.of("sha256", digest);
  }
}
