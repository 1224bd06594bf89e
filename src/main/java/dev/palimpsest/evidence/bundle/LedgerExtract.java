package dev.palimpsest.evidence.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.CanonicalJson;
import dev.palimpsest.Json;
import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ledger.jsonl: the chain from the first row about an audit to its end. Rows about the audit and
 * about keys that sign here are shown, the installation's and those of people; of the others only
 * the digest, by which they stand in the chain.
 *
 * <p>The first line is {@code {"before": {"seq", "hash"}}}, the end of the chain before; each other
 * one has {@code seq}, {@code hash} and either {@code row} or {@code sha256}.
 */
final class LedgerExtract {
  private final String auditId;
  private final Set<String> people;
  private final List<String> lines = new ArrayList<>();
  private Ledger.Head end;

  private LedgerExtract(String auditId, Set<String> people, Ledger.Head before) {
    this.auditId = auditId;
    this.people = people;
    this.end = before;
    lines.add(CanonicalJson.text(Map.of("before", before)));
  }

  /**
   * Reads the chain as far as a row.
   *
   * @param people fingerprints of the keys that people signed decisions of the audit with
   * @param to the last row
   */
  static LedgerExtract of(Ledger ledger, String auditId, Set<String> people, Ledger.Head to) {
    long first = ledger.first("audit", auditId).orElse(to.seq());
    List<LedgerRow> rows = new ArrayList<>();
    ledger.forEach(
        Math.max(1, first - 1),
        row -> {
          if (row.seq() <= to.seq()) {
            rows.add(row);
          }
        });
    boolean fromStart = first <= 1;
    Ledger.Head before =
        fromStart
            ? new Ledger.Head(0, LedgerRow.GENESIS)
            : new Ledger.Head(rows.get(0).seq(), rows.get(0).hash());
    LedgerExtract extract = new LedgerExtract(auditId, people, before);
    rows.stream().skip(fromStart ? 0 : 1).forEach(extract::add);
    return extract;
  }

  private void add(LedgerRow row) {
    try {
      JsonNode body = Json.mapper().readTree(row.body());
      boolean shown =
          body.at("/object/type").asText().equals("key")
              || body.at("/object/id").asText().equals(auditId)
              || isKeyOfSigner(body);
      Map<String, Object> line =
          shown
              ? Map.of("seq", row.seq(), "hash", row.hash(), "row", body)
              : Map.of("seq", row.seq(), "hash", row.hash(), "sha256", row.digest());
      lines.add(CanonicalJson.text(line));
      end = new Ledger.Head(row.seq(), row.hash());
    } catch (JsonProcessingException e) {
      throw new IntegrityException(
          "Row " + row.seq() + " of the ledger is damaged; 'palimpsest log verify' says more.", e);
    }
  }

  private boolean isKeyOfSigner(JsonNode body) {
    return body.path("action").asText().equals("user.key-made")
        && people.contains(body.at("/details/key").asText());
  }

  /** Returns the last row. */
  Ledger.Head end() {
    return end;
  }

  byte[] bytes() {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
