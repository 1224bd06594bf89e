package dev.palimpsest.evidence.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.audit.verdict.Verdict;
import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.evidence.format.Gate;
import dev.palimpsest.evidence.statement.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Holds what the statements say of checkpoints to the report. */
final class StatementCheck {
  private final JsonNode report;
  private final SignedStatements statements;
  private final Map<String, String> digests = new HashMap<>();

  private StatementCheck(JsonNode report, SignedStatements statements) {
    this.report = report;
    this.statements = statements;
    for (JsonNode tuned : report.path("tuned")) {
      digests.put(tuned.path("name").asText(), tuned.path("digest").asText());
    }
  }

  static void require(JsonNode report, SignedStatements statements) {
    StatementCheck check = new StatementCheck(report, statements);
    check.requireSubjects(Statement.SIGN_OFF);
    check.requireSubjects(Statement.DRIFT_AUDIT);
    check.requireSubjects(Statement.TEST_RESULT);
    check.requireVerdicts();
    check.requireGates();
  }

  /** What is signed is said of the checkpoints that the report is about. */
  private void requireSubjects(String type) {
    for (Statement statement : statements.of(type)) {
      statement
          .subjects()
          .forEach(
              (name, digest) -> {
                if (!digest.equals(digests.get(name))) {
                  throw new IntegrityException(
                      "A statement is about the checkpoint "
                          + name
                          + " with sha256 "
                          + digest
                          + ", which is not in the report.");
                }
              });
    }
  }

  private void requireVerdicts() {
    Map<String, String> stated = new HashMap<>();
    for (Statement audit : statements.of(Statement.DRIFT_AUDIT)) {
      audit.subjects().keySet().forEach(n -> stated.put(n, audit.tree().path("verdict").asText()));
    }
    for (JsonNode tuned : report.path("tuned")) {
      String name = tuned.path("name").asText();
      if (!tuned.path("verdict").asText().equals(stated.get(name))) {
        throw new IntegrityException(
            "The statement about "
                + name
                + " says "
                + stated.get(name)
                + ", the report "
                + tuned.path("verdict").asText()
                + ".");
      }
    }
  }

  private void requireGates() {
    Set<String> stated = new HashSet<>();
    for (Statement test : statements.of(Statement.TEST_RESULT)) {
      String result = test.tree().path("result").asText();
      for (String list : new String[] {"passedTests", "warnedTests", "failedTests"}) {
        for (JsonNode name : test.tree().path(list)) {
          for (String tuned : test.subjects().keySet()) {
            stated.add(tuned + "\n" + name.asText().split(":", 2)[0] + "\n" + result);
          }
        }
      }
    }
    for (JsonNode finding : report.path("capabilities")) {
      Gate gate = Gate.of(Verdict.valueOf(finding.path("verdict").asText()));
      String suite = finding.path("suite").asText();
      String tuned = finding.path("tuned").asText();
      if (!stated.contains(tuned + "\n" + Gate.name(suite) + "\n" + gate)) {
        throw new IntegrityException(
            "No statement says that the gate of " + suite + " on " + tuned + " " + gate + ".");
      }
    }
  }
}
