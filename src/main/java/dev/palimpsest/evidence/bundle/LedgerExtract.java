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

/**
 * ledger.jsonl: the chain from the first row about an audit to its end. Rows about the audit and
 * about keys are shown; of the others only the digest, by which they stand in the chain.
 *
 * <p>The first line is {@code {"before": {"seq", "hash"}}}, the end of the chain before; each other
 * one has {@code seq}, {@code hash} and either {@code row} or {@code sha256}.
 */
final class LedgerExtract {
  private final String auditId;
  private final List<String> lines = new ArrayList<>();
  private Ledger.Head end;

  private LedgerExtract(String auditId, Ledger.Head before) {
    this.auditId = auditId;
    this.end = before;
    lines.add(CanonicalJson.text(Map.of("before", before)));
  }

  /**
   * Reads the chain as far as a row.
   *
   * @param to the last row
   */
  static LedgerExtract of(Ledger ledger, String auditId, Ledger.Head to) {
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
    LedgerExtract extract = new LedgerExtract(auditId, before);
    rows.stream().skip(fromStart ? 0 : 1).forEach(extract::add);
    return extract;
  }

  private void add(LedgerRow row) {
    try {
      JsonNode body = Json.mapper().readTree(row.body());
      boolean shown =
          body.at("/object/type").asText().equals("key")
              || body.at("/object/id").asText().equals(auditId);
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

  /** Returns the last row. */
  Ledger.Head end() {
    return end;
  }

  byte[] bytes() {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
