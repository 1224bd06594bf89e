package dev.palimpsest.web.guard;

import dev.palimpsest.account.UserRole;
import io.javalin.security.RouteRole;
import java.util.Locale;
import java.util.Optional;

/** What a visitor may do here; every route names the least one it needs. */
public enum Role implements RouteRole {
  /** Needs no right at all: what tells nothing about models and changes nothing, and signing in. */
  ANYONE(null),
  /** Whoever is signed in, about themselves; no program may, whoever it acts for. */
  ONESELF(UserRole.VIEWER),
  /** Reads reports, items, suites and the lists of what there is. */
  VIEWER(UserRole.VIEWER),
  /** Brings checkpoints in, starts audits and stops them. */
  AUDITOR(UserRole.AUDITOR),
  /** Reads figures about the server: this machine itself, and programs with the scope for it. */
  WATCHER(UserRole.VIEWER),
  /** Decides on reports. */
  APPROVER(UserRole.APPROVER),
  /**
   * Takes away what others made, or what they may do. A program may, with the scope for it: it
   * gives nobody more rights.
   */
  REMOVER(UserRole.ADMINISTRATOR),
  /** Says who may do what, in person: whoever adds people could add one who approves. */
  ADMINISTRATOR(UserRole.ADMINISTRATOR);

  private final UserRole least;

  Role(UserRole least) {
    this.least = least;
  }

  /** Returns the least role of a user that has it, nothing if nobody has to be a user. */
  Optional<UserRole> least() {
    return Optional.ofNullable(least);
  }

  /** Returns the role in words. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whom it takes among people, in words. */
  String person() {
    return least == null ? label() : least.label();
  }

  /** Tells whether there is a scope with which a program has it. */
  public boolean isForPrograms() {
    return switch (this) {
      case ANYONE, VIEWER, AUDITOR, WATCHER, REMOVER -> true;
      case ONESELF, APPROVER, ADMINISTRATOR -> false;
    };
  }
}
