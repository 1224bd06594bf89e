package dev.palimpsest.evidence.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.CanonicalJson;
import dev.palimpsest.Json;
import dev.palimpsest.Sha256;
import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.evidence.bundle.Members;
import dev.palimpsest.evidence.statement.Statement;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerChain;
import java.util.ArrayList;
import java.util.List;

/** Follows the ledger's extract to the head that was signed. */
final class LedgerExtractCheck {
  private final List<JsonNode> rows = new ArrayList<>();
  private LedgerChain chain;

  private LedgerExtractCheck() {}

  /** Returns the rows that are shown. */
  static List<JsonNode> require(BundleFile bundle, List<Statement> heads) {
    if (heads.size() != 1) {
      throw new IntegrityException("One statement should name the end of the ledger.");
    }
    LedgerExtractCheck check = new LedgerExtractCheck();
    bundle.lines(Members.LEDGER, (line, number) -> check.add(line, number));
    JsonNode head = heads.get(0).tree();
    Ledger.Head signed = new Ledger.Head(head.path("seq").asLong(), head.path("hash").asText());
    if (check.chain == null || !check.chain.end().equals(signed)) {
      throw new IntegrityException(
          Members.LEDGER + " does not end with row " + signed.seq() + ", the one that was signed.");
    }
    return check.rows;
  }

  private void add(String line, int number) {
    try {
      JsonNode tree = Json.mapper().readTree(line);
      if (number == 1) {
        JsonNode before = tree.path("before");
        chain =
            new LedgerChain(
                new Ledger.Head(before.path("seq").asLong(), before.path("hash").asText()));
        return;
      }
      if (tree.has("row")) {
        rows.add(tree.get("row"));
      }
      String digest =
          tree.has("row")
              ? Sha256.hex(CanonicalJson.text(tree.get("row")))
              : tree.path("sha256").asText();
      chain.add(tree.path("seq").asLong(), digest, tree.path("hash").asText());
      chain
          .fault()
          .ifPresent(
              fault -> {
                throw new IntegrityException(Members.LEDGER + ": " + fault);
              });
    } catch (JsonProcessingException e) {
      throw new IntegrityException("Line " + number + " of " + Members.LEDGER + " is no JSON.", e);
    }
  }
}
