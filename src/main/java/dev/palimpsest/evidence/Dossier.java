package dev.palimpsest.evidence;

import dev.palimpsest.account.OwnSignature;
import dev.palimpsest.account.PersonalKey;
import dev.palimpsest.account.SignOff;
import dev.palimpsest.audit.plan.Audit;
import dev.palimpsest.audit.plan.PlanJson;
import dev.palimpsest.decision.Signed;
import dev.palimpsest.decision.Standing;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a bundle is made of.
 *
 * @param audit finished
 * @param report its report
 * @param decisions on this report, oldest first
 * @param keys of people who signed them, in the order of their fingerprints
 */
public record Dossier(Audit audit, Report report, List<SignOff> decisions, List<PersonalKey> keys) {
  public Dossier {
    Objects.requireNonNull(audit, "audit is null");
    Objects.requireNonNull(report, "report is null");
    decisions = decisions.stream().filter(one -> one.isOn(report.digest())).toList();
    Set<String> signed =
        decisions.stream()
            .flatMap(one -> one.own().stream())
            .map(OwnSignature::keyId)
            .collect(Collectors.toSet());
    keys =
        keys.stream()
            .filter(one -> signed.contains(one.id()))
            .sorted(Comparator.comparing(PersonalKey::id))
            .toList();
  }

  /** Makes one of which nobody signed a decision with a key of his or her own. */
  public Dossier(Audit audit, Report report, List<SignOff> decisions) {
    this(audit, report, decisions, List.of());
  }

  /** Returns where the decisions on the checkpoints stand, as of the day of the newest. */
  public List<Standing> standings() {
    List<SignOff> newestFirst = new ArrayList<>(decisions);
    Collections.reverse(newestFirst);
    return Signed.asSigned(data(), report.digest(), newestFirst);
  }

  /** Returns the report's content. */
  public ReportData data() {
    return report.data();
  }

  /** Returns the frozen plan as it was hashed. */
  public byte[] plan() {
    return PlanJson.canonical(audit.plan()).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns when the audit was finished, RFC 3339. */
  public String finishedAt() {
    return Objects.requireNonNullElse(data().audit().finishedAt(), data().audit().frozenAt());
  }

  /** Returns the findings of a tuned checkpoint. */
  public List<ReportData.Capability> findings(String tuned) {
    return data().capabilities().stream().filter(one -> one.tuned().equals(tuned)).toList();
  }

  /** Returns a planned suite's facts. */
  public ReportData.SuiteFacts suite(String id) {
    return data().suites().stream()
        .filter(one -> one.suite().equals(id))
        .findFirst()
        .orElseThrow(() -> new EvidenceException("The report has no suite " + id + "."));
  }

  /** Returns the version of the program that ran the audit. */
  public String version() {
    return data().provenance().getOrDefault("palimpsest", "unknown");
  }
}
