package dev.palimpsest.evidence.bundle;

import dev.palimpsest.account.OwnSignature;
import dev.palimpsest.account.PersonalKeys;
import dev.palimpsest.account.SignOff;
import dev.palimpsest.account.SignOffs;
import dev.palimpsest.decision.Signed;
import dev.palimpsest.decision.Standing;
import dev.palimpsest.evidence.Dossier;
import dev.palimpsest.evidence.statement.Envelope;
import dev.palimpsest.evidence.statement.Statement;
import dev.palimpsest.report.model.Report;
import dev.palimpsest.report.model.ReportData;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The statement of a decision. Whoever has a key signs it when deciding, and it is kept as it was
 * signed; of other decisions it is made when they are exported. The installation's key signs either
 * at every export.
 */
public final class DecisionStatement {
  private final ReportData data;
  private final String report;
  private final SignOff decision;
  private final List<Standing> standings;

  private DecisionStatement(
      ReportData data, String report, SignOff decision, List<Standing> standings) {
    this.data = data;
    this.report = report;
    this.decision = decision;
    this.standings = standings;
  }

  /**
   * Returns how the owner of a key signs decisions on a report: what then follows from all of them
   * is what the statement says of approvals.
   */
  public static SignOffs.Signing by(PersonalKeys.Opened key, Report report) {
    return (decision, all) -> Optional.of(sign(key, report, decision, all));
  }

  private static OwnSignature sign(
      PersonalKeys.Opened key, Report report, SignOff decision, List<SignOff> all) {
    List<Standing> standings = Signed.asSigned(report.data(), report.digest(), all);
    byte[] payload =
        Envelope.payload(
            new DecisionStatement(report.data(), report.digest(), decision, standings)
                .statement(key.id()));
    byte[] signature = key.sign(Envelope.encoding(Envelope.IN_TOTO, payload));
    return new OwnSignature(
        key.id(),
        new String(payload, StandardCharsets.UTF_8),
        Base64.getEncoder().encodeToString(signature));
  }

  /** Returns a decision of a dossier, with the person's signature where there is one. */
  static Envelope envelope(Dossier dossier, SignOff decision) {
    if (decision.own().isPresent()) {
      OwnSignature own = decision.own().get();
      return new Envelope(
          Envelope.IN_TOTO,
          own.statement().getBytes(StandardCharsets.UTF_8),
          List.of(new Envelope.Signed(own.keyId(), Base64.getDecoder().decode(own.signature()))));
    }
    Statement statement =
        new DecisionStatement(
                dossier.data(), dossier.report().digest(), decision, dossier.standings())
            .statement("");
    return new Envelope(Envelope.IN_TOTO, Envelope.payload(statement), List.of());
  }

  /** A decision on the whole audit, as they once were made, is one on each of its checkpoints. */
  private Statement statement(String keyId) {
    Map<String, String> subjects = new LinkedHashMap<>();
    data.tuned().stream()
        .filter(tuned -> decision.isOnArm(tuned.name()))
        .forEach(tuned -> subjects.put(tuned.name(), tuned.digest()));
    Map<String, Object> predicate = new LinkedHashMap<>();
    predicate.put("decision", decision.decision().name());
    predicate.put("comment", decision.comment());
    predicate.put(
        "conditions",
        decision.terms().condition().isEmpty() ? List.of() : List.of(decision.terms().condition()));
    predicate.put(
        "acceptedRegressions",
        decision.terms().accepted().stream().map(name -> Map.of("name", name)).toList());
    predicate.put("approvers", List.of(approver(keyId)));
    predicate.put("independence", decision.independence().name());
    predicate.put("approvals", approvals());
    decision.terms().expires().ifPresent(last -> predicate.put("expiresOn", last.toString()));
    if (data.policy() != null) {
      predicate.put("policy", Statements.resource(data.policy().name(), data.policy().digest()));
    }
    predicate.put("refers", List.of(Statements.resource(Members.REPORT, report)));
    return new Statement(subjects, Statement.SIGN_OFF, predicate);
  }

  /**
   * Without accounts all that is known is a name that somebody typed on this machine, and whoever
   * comes in by a provider has no key here.
   */
  private Map<String, Object> approver(String keyId) {
    Map<String, Object> approver = new LinkedHashMap<>();
    approver.put("id", decision.userId());
    approver.put("name", decision.signer());
    approver.put("role", "");
    approver.put("auth", decision.authentication());
    approver.put("signedOn", decision.signedAt().toString());
    approver.put("signature", keyId.isEmpty() ? "the installation's key only" : "own key");
    if (!keyId.isEmpty()) {
      approver.put("key", keyId);
    }
    return approver;
  }

  /** How many approvals there have to be, how many there are, and what follows from them. */
  private Map<String, Object> approvals() {
    if (decision.isOnAll()) {
      return Map.of("needed", decision.terms().approvals());
    }
    Standing standing =
        standings.stream()
            .filter(one -> one.arm().equals(decision.checkpoint().arm()))
            .findFirst()
            .orElseThrow();
    return Map.of(
        "needed",
        decision.terms().approvals(),
        "given",
        standing.given(),
        "state",
        standing.state().name());
  }
}
