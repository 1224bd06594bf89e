package dev.palimpsest.audit.run;

import dev.palimpsest.ledger.LedgerEntry;
import java.util.Objects;

/**
 * Who asks for an audit.
 *
 * @param userId of the user, "" where nobody is signed in
 * @param actor as the ledger names them
 */
public record Requester(String userId, LedgerEntry.Actor actor) {
  /** Whoever uses this machine. */
  public static final Requester LOCAL = new Requester("", LedgerEntry.Actor.LOCAL);

  public Requester {
    Objects.requireNonNull(userId, "userId is null");
    Objects.requireNonNull(actor, "actor is null");
  }
}
