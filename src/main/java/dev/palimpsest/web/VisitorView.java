package dev.palimpsest.web;

import dev.palimpsest.account.User;
import dev.palimpsest.account.UserRole;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.Visitor;
import dev.palimpsest.web.guard.Visitor.Local;
import dev.palimpsest.web.guard.Visitor.SignedIn;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * What pages show of who looks at them.
 *
 * @param isOpen whether there are no accounts
 * @param name as printed, "" if nobody is signed in
 * @param isAdministrator whether the person says who may do what
 * @param mayRun whether the visitor may bring things in and start audits
 * @param mayDecide whether the visitor may decide on checkpoints
 * @param mayRemove whether the visitor may take things away
 * @param waiting how many checkpoints wait for the visitor's decision
 */
public record VisitorView(
    boolean isOpen,
    String name,
    boolean isAdministrator,
    boolean mayRun,
    boolean mayDecide,
    boolean mayRemove,
    int waiting) {
  /**
   * Reads who it is.
   *
   * @param queue tells how much waits for somebody who may decide
   */
  static VisitorView of(Visitor visitor, ToIntFunction<Visitor> queue) {
    Optional<User> user =
        visitor instanceof SignedIn signedIn ? Optional.of(signedIn.user()) : Optional.empty();
    boolean mayDecide = visitor.has(Role.APPROVER, "/");
    return new VisitorView(
        visitor instanceof Local,
        user.map(User::printedName).orElse(""),
        user.filter(one -> one.role() == UserRole.ADMINISTRATOR).isPresent(),
        visitor.has(Role.AUDITOR, "/"),
        mayDecide,
        visitor.has(Role.ADMINISTRATOR, "/"),
        mayDecide ? queue.applyAsInt(visitor) : 0);
  }

  /** Tells whether somebody is signed in. */
  public boolean isSignedIn() {
    return !name.isEmpty();
  }
}
