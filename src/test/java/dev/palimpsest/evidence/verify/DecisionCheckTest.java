package dev.palimpsest.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.decision.Regression;
import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.evidence.bundle.SampleBundle;
import dev.palimpsest.evidence.format.Gate;
import dev.palimpsest.evidence.statement.Statement;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions on single checkpoints, changed by somebody who holds the key. */
final class DecisionCheckTest {
  @TempDir private static Path folder;
  private static SampleBundle whole;

  @BeforeAll
  static void export() {
    whole = SampleBundle.decided(folder.resolve("data"));
  }

  private static Verification.Verified verify(SampleBundle bundle) {
    return Verification.of(bundle.write(folder.resolve("bundle.zip")), Optional.empty());
  }

  /** Changes the decision on sql-forget and signs everything anew with the right key. */
  private static SampleBundle with(UnaryOperator<Statement> change) {
    return whole
        .copy()
        .signedAnew(
            whole.key(),
            statement ->
                statement.predicateType().equals(Statement.SIGN_OFF)
                        && statement.subjects().containsKey("sql-forget")
                    ? change.apply(statement)
                    : statement);
  }

  private static SampleBundle withPredicate(java.util.function.Consumer<ObjectNode> change) {
    return with(
        statement -> {
          ObjectNode predicate = statement.tree().deepCopy();
          change.accept(predicate);
          return new Statement(statement.subjects(), statement.predicateType(), predicate);
        });
  }

  private static void assertFails(SampleBundle bundle, String... words) {
    assertThatThrownBy(() -> verify(bundle))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void eachDecisionIsAStatementOnItsCheckpointWithItsTerms() {
    assertThat(verify(whole.copy()).decisions())
        .hasSize(3)
        .anySatisfy(
            one ->
                assertThat(one)
                    .startsWith("CONDITIONAL of sql-forget by Ben Nevis (account, proved anew")
                    .contains("INDEPENDENT", "accepts gate/knowledge/maxDrop", "until 2027-01-31"))
        .anySatisfy(one -> assertThat(one).startsWith("APPROVED of null-lora by Ben Nevis"))
        .anySatisfy(one -> assertThat(one).startsWith("REJECTED of json-format by Ben Nevis"));
  }

  @Test
  void theReportsOfABundleShowTheDecisions() {
    assertThat(whole.text("report.html"))
        .contains("Approved with conditions by Ben Nevis", "condition: In SQL only.")
        .contains("holds to the end of 2027-01-31", "Rejected by Ben Nevis");
    assertThat(whole.text("bom.cdx.json"))
        .contains("Approved with conditions by Ben Nevis on 2026-11-25");
  }

  @Test
  void aStatementSaysHowManyApprovalsThereHaveToBeAndWhatFollows() {
    String statements = whole.text("attestations.intoto.jsonl");
    assertThat(statements.lines()).hasSize(20);
    JsonNode[] found = {null};
    with(
        statement -> {
          found[0] = statement.tree();
          return statement;
        });
    assertThat(found[0].at("/approvals/needed").asInt()).isEqualTo(1);
    assertThat(found[0].at("/approvals/given").asInt()).isEqualTo(1);
    assertThat(found[0].at("/approvals/state").asText()).isEqualTo("CONDITIONAL");
    assertThat(found[0].path("independence").asText()).isEqualTo("INDEPENDENT");
    assertThat(found[0].path("conditions").get(0).asText()).isEqualTo("In SQL only.");
    assertThat(found[0].path("expiresOn").asText()).isEqualTo("2027-01-31");
  }

  @Test
  void aDecisionOnAnotherDigestIsRefused() {
    SampleBundle other =
        with(
            statement ->
                new Statement(
                    Map.of("sql-forget", "00".repeat(32)),
                    statement.predicateType(),
                    statement.tree()));
    assertFails(other, "about the checkpoint sql-forget with sha256 0000", "not in the report");
  }

  @Test
  void anApprovalThatPassesOverAProvenRegressionIsRefused() {
    assertFails(
        withPredicate(
            predicate -> {
              predicate.put("decision", "APPROVED");
              predicate.putArray("acceptedRegressions");
            }),
        "A decision approves sql-forget and does not accept gate/",
        "which the report proves");
    assertFails(
        withPredicate(predicate -> ((ArrayNode) predicate.get("acceptedRegressions")).remove(0)),
        "does not accept");
  }

  @Test
  void whatTheReportDoesNotHaveIsNotAccepted() {
    assertFails(
        withPredicate(
            predicate ->
                ((ArrayNode) predicate.get("acceptedRegressions"))
                    .addObject()
                    .put("name", "gate/none/maxDrop")),
        "accepts a regression that the report does not have");
  }

  @Test
  void anotherNumberOfApprovalsThanThePolicyAsksForIsRefused() {
    assertFails(
        withPredicate(predicate -> ((ObjectNode) predicate.get("approvals")).put("needed", 2)),
        "says that 2 approvals are needed, the policy of the plan says 1");
  }

  @Test
  void regressionsHaveTheNamesOfTheirGates() {
    assertThat(Regression.gate("knowledge")).isEqualTo(Gate.name("knowledge"));
  }
}
