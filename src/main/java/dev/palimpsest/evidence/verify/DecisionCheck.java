package dev.palimpsest.evidence.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.audit.plan.AuditPlan;
import dev.palimpsest.decision.Regression;
import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.evidence.statement.Statement;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds decisions on single checkpoints to the report and the plan: what is proven lost is accepted
 * by name or not approved, nothing is accepted that the report does not have, and as many approvals
 * are asked for as the policy says.
 */
final class DecisionCheck {
  private final JsonNode report;
  private final int needed;

  private DecisionCheck(JsonNode report, AuditPlan plan) {
    this.report = report;
    this.needed = plan.policy().map(one -> one.policy().approvalsNeeded()).orElse(1);
  }

  static void require(JsonNode report, AuditPlan plan, SignedStatements statements) {
    DecisionCheck check = new DecisionCheck(report, plan);
    for (Statement decision : statements.of(Statement.SIGN_OFF)) {
      if (decision.subjects().isEmpty()) {
        throw new IntegrityException("A decision does not say which checkpoint it is on.");
      }
      // Those on a whole audit are of a time at which nothing was accepted by name.
      if (decision.tree().at("/approvals/state").isTextual()) {
        check.require(decision);
      }
    }
  }

  private void require(Statement decision) {
    String arm = String.join(", ", decision.subjects().keySet());
    JsonNode tree = decision.tree();
    Set<String> accepted = new TreeSet<>();
    tree.path("acceptedRegressions").forEach(one -> accepted.add(one.path("name").asText()));
    Set<String> proven = regressions(arm);
    if (!proven.containsAll(accepted)) {
      throw new IntegrityException(
          "A decision on " + arm + " accepts a regression that the report does not have.");
    }
    boolean approval = !tree.path("decision").asText().equals("REJECTED");
    if (approval && !accepted.equals(proven)) {
      proven.removeAll(accepted);
      throw new IntegrityException(
          "A decision approves "
              + arm
              + " and does not accept "
              + String.join(", ", proven)
              + ", which the report proves.");
    }
    if (tree.at("/approvals/needed").asInt() != needed) {
      throw new IntegrityException(
          "A decision on "
              + arm
              + " says that "
              + tree.at("/approvals/needed").asInt()
              + " approvals are needed, the policy of the plan says "
              + needed
              + ".");
    }
  }

  private Set<String> regressions(String arm) {
    Set<String> names = new TreeSet<>();
    for (JsonNode finding : report.path("capabilities")) {
      if (finding.path("tuned").asText().equals(arm)
          && Set.of("FAILED", "REGRESSED").contains(finding.path("verdict").asText())) {
        names.add(Regression.gate(finding.path("suite").asText()));
      }
    }
    for (JsonNode tuned : report.path("tuned")) {
      if (tuned.path("name").asText().equals(arm)) {
        for (JsonNode condition : tuned.path("conditions")) {
          if (condition.path("result").asText().equals("FAIL")) {
            names.add(
                Regression.condition(
                    condition.path("suite").asText(), condition.path("name").asText()));
          }
        }
      }
    }
    return names;
  }

  /** Returns on what terms something was decided, "" for none. */
  static String terms(JsonNode tree) {
    StringBuilder terms = new StringBuilder();
    if (tree.at("/approvals/needed").asInt(1) > 1) {
      terms
          .append(", ")
          .append(tree.at("/approvals/given").asInt())
          .append(" of ")
          .append(tree.at("/approvals/needed").asInt())
          .append(" approvals");
    }
    for (JsonNode one : tree.path("acceptedRegressions")) {
      terms.append(", accepts ").append(one.path("name").asText());
    }
    if (tree.has("expiresOn")) {
      terms.append(", until ").append(tree.path("expiresOn").asText());
    }
    return terms.toString();
  }
}
