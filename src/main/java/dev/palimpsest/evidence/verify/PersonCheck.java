package dev.palimpsest.evidence.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.evidence.key.PublicKeys;
import dev.palimpsest.evidence.statement.Envelope;
import dev.palimpsest.evidence.statement.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds decisions to the people whose keys they name: each is signed by that key, and the key is
 * that of the person who decided.
 */
final class PersonCheck {
  private final PublicKeys known;
  private final Set<String> given;
  private final Map<String, PublicKeys.Owner> signers = new TreeMap<>();

  /**
   * @param own keys that came with the bundle
   * @param trusted keys that it is checked with; where people's are among them, others do not count
   */
  PersonCheck(PublicKeys own, Optional<PublicKeys> trusted) {
    this.known = trusted.map(own::and).orElse(own);
    this.given = new HashSet<>(trusted.map(keys -> keys.byId().keySet()).orElse(Set.of()));
    given.retainAll(known.owners().keySet());
  }

  /** Fails with the first decision that is not signed by whom it names. */
  void require(SignedStatements statements) {
    statements.forEach(
        Statement.SIGN_OFF,
        (decision, envelope) -> {
          for (JsonNode approver : decision.tree().path("approvers")) {
            if (approver.has("key") || isOwn(approver)) {
              require(decision, approver, envelope);
            }
          }
        });
  }

  private static boolean isOwn(JsonNode approver) {
    return approver.path("signature").asText().equals("own key");
  }

  private void require(Statement decision, JsonNode approver, Envelope envelope) {
    String id = approver.path("key").asText();
    String what =
        "The decision of "
            + approver.path("name").asText()
            + " on "
            + String.join(", ", decision.subjects().keySet());
    PublicKeys.Owner owner = known.owners().get(id);
    if (owner == null) {
      throw new IntegrityException(
          what + " names the key " + id + ", which the bundle does not hold as a person's.");
    }
    if (!owner.userId().equals(approver.path("id").asText())) {
      throw new IntegrityException(
          what + " names the key " + id + ", which is the key of " + owner.name() + ".");
    }
    if (!envelope.isSignedBy(known.byId().get(id))) {
      throw new IntegrityException(
          what
              + " is not signed by the person's key that it names ("
              + id
              + "): it was changed, or somebody else signed it.");
    }
    if (!given.isEmpty() && !given.contains(id)) {
      throw new IntegrityException(
          what
              + " is signed by the key "
              + id
              + ", which is not among the people's keys it is checked with.");
    }
    signers.put(id, owner);
  }

  /**
   * Fails unless what the ledger noted of signed decisions and of keys is what the bundle holds.
   *
   * @param rows of the ledger that the bundle shows
   * @param report digest of the report
   * @param payloads digests of the statements
   */
  void requireNoted(List<JsonNode> rows, String report, List<String> payloads) {
    for (JsonNode row : rows) {
      String action = row.path("action").asText();
      JsonNode details = row.path("details");
      boolean ofReport = row.at("/object/digest").asText().equals(report);
      if (action.equals("report.signed")
          && ofReport
          && details.has("statement")
          && !payloads.contains(details.path("statement").asText())) {
        throw new IntegrityException(
            "The decision of "
                + row.path("actor").asText()
                + " in row "
                + row.path("seq").asText()
                + " of the ledger is not among the statements as it was signed.");
      }
      PublicKeys.Owner owner = signers.get(details.path("key").asText());
      if (action.equals("user.key-made")
          && owner != null
          && !owner.userId().equals(row.at("/object/id").asText())) {
        throw new IntegrityException(
            "The key "
                + details.path("key").asText()
                + " was made by another person than "
                + owner.name()
                + ", as row "
                + row.path("seq").asText()
                + " of the ledger says.");
      }
    }
  }

  /** Returns the people whose keys signed, in words. */
  List<String> people() {
    List<String> all = new ArrayList<>();
    signers.forEach(
        (id, owner) ->
            all.add(
                id
                    + " of "
                    + owner.name()
                    + ", made "
                    + owner.made()
                    + (given.contains(id)
                        ? ""
                        : ", vouched for by the key that signed the bundle")));
    return all;
  }
}
