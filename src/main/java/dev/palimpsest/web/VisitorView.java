package dev.palimpsest.web;

import dev.palimpsest.account.UserRole;
import dev.palimpsest.web.guard.Visitor;
import dev.palimpsest.web.guard.Visitor.Local;
import dev.palimpsest.web.guard.Visitor.SignedIn;

/**
 * What pages show of who looks at them.
 *
 * @param isOpen whether there are no accounts
 * @param name as printed, "" if nobody is signed in
 * @param isAdministrator whether the person says who may do what
 */
public record VisitorView(boolean isOpen, String name, boolean isAdministrator) {
  static VisitorView of(Visitor visitor) {
    if (visitor instanceof SignedIn signedIn) {
      return new VisitorView(
          false, signedIn.user().printedName(), signedIn.user().role() == UserRole.ADMINISTRATOR);
    }
    return new VisitorView(visitor instanceof Local, "", false);
  }

  /** Tells whether somebody is signed in. */
  public boolean isSignedIn() {
    return !name.isEmpty();
  }
}
