package dev.palimpsest.evidence.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.evidence.IntegrityException;
import dev.palimpsest.evidence.key.PublicKeys;
import dev.palimpsest.evidence.statement.Envelope;
import dev.palimpsest.evidence.statement.Statement;
import dev.palimpsest.ledger.Ledger;
import dev.palimpsest.ledger.LedgerChain;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Checks an installation's ledger: the chain, its end, and every head that was signed. */
public final class LedgerCheck {
  private final PublicKeys keys;
  private final LedgerChain chain = new LedgerChain();

  private LedgerCheck(PublicKeys keys) {
    this.keys = keys;
  }

  /**
   * What holds.
   *
   * @param end the newest row
   * @param heads signed ones that lie on the chain
   */
  public record Held(Ledger.Head end, int heads) {}

  /**
   * Checks a ledger.
   *
   * @param known every key that signed heads here
   * @param bundles exported before; their heads have to lie on the chain too
   * @throws IntegrityException with the first thing that does not hold
   */
  public static Held of(Ledger ledger, Collection<PublicKey> known, List<Path> bundles) {
    ledger
        .fault()
        .ifPresent(
            fault -> {
              throw new IntegrityException(fault);
            });
    LedgerCheck check = new LedgerCheck(PublicKeys.of(known));
    ledger.forEach(1, check.chain::add);
    int heads = 0;
    for (String envelope : ledger.signatures()) {
      check.require(envelope, "A signed head of the ledger");
      heads++;
    }
    for (Path bundle : bundles) {
      heads += check.require(bundle);
    }
    return new Held(check.chain.end(), heads);
  }

  private int require(Path path) {
    try (BundleFile bundle = BundleFile.open(path)) {
      SignedStatements statements = SignedStatements.read(bundle, keys);
      List<Statement> heads = statements.of(Statement.LEDGER_HEAD);
      heads.forEach(head -> requireOnChain(head));
      return heads.size();
    }
  }

  private void require(String json, String name) {
    Envelope envelope = Envelope.parse(json, name);
    Optional<String> signer = envelope.signer(keys);
    if (signer.isEmpty()) {
      throw new IntegrityException(name + " is not signed by a key of this installation.");
    }
    requireOnChain(Statement.of(envelope, name));
  }

  private void requireOnChain(Statement head) {
    JsonNode tree = head.tree();
    chain
        .faultAt(new Ledger.Head(tree.path("seq").asLong(), tree.path("hash").asText()))
        .ifPresent(
            fault -> {
              throw new IntegrityException(fault);
            });
  }
}
