package dev.palimpsest.ledger;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that happens, to be added to the ledger.
 *
 * @param action what happens, "audit.planned" say
 * @param actor who does it
 * @param object what it is done to
 * @param details texts by name
 */
public record LedgerEntry(
    String action, Actor actor, Subject object, SortedMap<String, String> details) {
  /**
   * Who does something.
   *
   * @param name "" where nobody is named
   * @param via how the name is known: "local" for whoever uses this machine, "system" for what the
   *     program does of its own accord, "typed name" where nobody checked whose it is, "session" of
   *     a user who was signed in, "token" of a program that acts for a user; "provider",
   *     "invitation" and "set-up token" of a user who comes in by one
   */
  public record Actor(String name, String via) {
    /** Whoever uses this machine. */
    public static final Actor LOCAL = new Actor("", "local");

    /** The program of its own accord. */
    public static final Actor SYSTEM = new Actor("", "system");

    public Actor {
      Objects.requireNonNull(name, "name is null");
      Objects.requireNonNull(via, "via is null");
    }

    /** Returns a user who was signed in, by the printed name of the account. */
    public static Actor signedIn(String printedName) {
      return new Actor(printedName, "session");
    }

    /** Returns a program that acted for a user, by the printed name of the account. */
    public static Actor program(String printedName) {
      return new Actor(printedName, "token");
    }

    /** Returns a user who comes in by a secret that was handed out, by the printed name. */
    public static Actor invited(String printedName) {
      return new Actor(printedName, "invitation");
    }

    /** Returns a person who is known by the name that was typed, and by nothing else. */
    public static Actor typed(String name) {
      return new Actor(name, "typed name");
    }
  }

  /**
   * What something is done to.
   *
   * @param type "audit", "report", "checkpoint", "key", "user", "token" or "policy"
   * @param digest of its content, "" where it is not known
   */
  public record Subject(String type, String id, String digest) {
    public Subject {
      Objects.requireNonNull(type, "type is null");
      Objects.requireNonNull(id, "id is null");
      Objects.requireNonNull(digest, "digest is null");
    }
  }

  public LedgerEntry {
    Objects.requireNonNull(action, "action is null");
    Objects.requireNonNull(actor, "actor is null");
    Objects.requireNonNull(object, "object is null");
    details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
  }

  /** Makes an entry about an audit. */
  public static LedgerEntry ofAudit(
      String action, Actor actor, String id, String digest, Map<String, String> details) {
    return of(action, actor, new Subject("audit", id, digest), details);
  }

  /** Makes an entry about a registered checkpoint. */
  public static LedgerEntry ofCheckpoint(
      String action, Actor actor, String id, String digest, Map<String, String> details) {
    return of(action, actor, new Subject("checkpoint", id, digest), details);
  }

  /** Makes an entry. */
  public static LedgerEntry of(
      String action, Actor actor, Subject object, Map<String, String> details) {
    return new LedgerEntry(action, actor, object, new TreeMap<>(details));
  }
}
