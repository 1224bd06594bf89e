package dev.palimpsest.registry;

import dev.palimpsest.Wording;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.registry.RegisteredCheckpoint.Kind;
import dev.palimpsest.registry.RegistryException.Reason;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person says of a checkpoint when it is added.
 *
 * @param name what it is to be called, 1 to 100 characters by the rule of {@link Wording}
 * @param kind what it is for
 * @param baseId the registered base it was tuned from; required for an adapter, not for a base
 * @param addedBy id of the user who brings it, "" where nobody is signed in
 * @param actor the same as the ledger names them
 */
public record NewCheckpoint(
    String name, Kind kind, Optional<String> baseId, String addedBy, LedgerEntry.Actor actor) {
  private static final int MAX_NAME = 100;

  public NewCheckpoint {
    name = Wording.name("checkpoint's name", name, MAX_NAME);
    baseId = baseId.filter(id -> !id.isBlank());
    if (name.isEmpty()) {
      throw invalid("The checkpoint has no name; give it one.");
    }
    if (kind == null) {
      throw invalid("Say whether it is a base, a full fine-tune or an adapter.");
    }
    if (kind == Kind.ADAPTER && baseId.isEmpty()) {
      throw invalid("An adapter needs its base; add the base first, then choose it here.");
    }
    if (kind == Kind.BASE && baseId.isPresent()) {
      throw invalid("A base has no base of its own; choose full fine-tune or leave it out.");
    }
  }

  /** Says it of one that whoever uses this machine brings. */
  public NewCheckpoint(String name, Kind kind, Optional<String> baseId) {
    this(name, kind, baseId, "", LedgerEntry.Actor.LOCAL);
  }

  /** Returns the same, brought by a user. */
  public NewCheckpoint by(String userId, LedgerEntry.Actor who) {
    return new NewCheckpoint(name, kind, baseId, userId, who);
  }

  /** Reads what a form or a request says. */
  public static NewCheckpoint parse(String name, String kind, String baseId) {
    return new NewCheckpoint(name, kindOf(kind), Optional.ofNullable(baseId));
  }

  private static Kind kindOf(String kind) {
    try {
      return kind == null ? null : Kind.valueOf(kind.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      return null;
    }
  }

  private static RegistryException invalid(String message) {
    return new RegistryException(Reason.INVALID, message);
  }
}
