package dev.palimpsest.web.guard;

import dev.palimpsest.account.ApiToken;
import dev.palimpsest.account.ApiToken.Scope;
import dev.palimpsest.account.Session;
import dev.palimpsest.account.User;
import dev.palimpsest.ledger.LedgerEntry;
import io.javalin.http.Context;
import java.util.Optional;

/** Who sent a request. */
public sealed interface Visitor {
  /** What {@link #of} reads. */
  String ATTRIBUTE = "palimpsest.visitor";

  /** Tells whether the visitor has the role at an address. */
  boolean has(Role role, String path);

  /** Somebody who is not signed in. */
  record Nobody() implements Visitor {
    @Override
    public boolean has(Role role, String path) {
      return role == Role.ANYONE;
    }
  }

  /** Whoever uses this machine, as long as there are no users: may do everything. */
  record Local() implements Visitor {
    @Override
    public boolean has(Role role, String path) {
      return true;
    }
  }

  /** Somebody who is signed in. */
  record SignedIn(User user, Session session) implements Visitor {
    @Override
    public boolean has(Role role, String path) {
      return role.least().map(user.role()::covers).orElse(true);
    }
  }

  /** A program that acts for a user, with no more rights than the user has now. */
  record Program(User user, ApiToken token) implements Visitor {
    @Override
    public boolean has(Role role, String path) {
      return switch (role) {
        case ANYONE -> true;
        case VIEWER -> token.scopes().contains(Scope.READ);
        case AUDITOR ->
            role.least().map(user.role()::covers).orElse(false)
                && token.scopes().contains(isUpload(path) ? Scope.UPLOAD : Scope.RUN);
        case WATCHER -> token.scopes().contains(Scope.METRICS);
        case REMOVER ->
            role.least().map(user.role()::covers).orElse(false)
                && token.scopes().contains(Scope.ADMIN);
        case ONESELF, APPROVER, ADMINISTRATOR -> false;
      };
    }

    private static boolean isUpload(String path) {
      return path.startsWith("/api/checkpoints")
          || path.startsWith("/api/v1/checkpoints")
          || path.startsWith("/api/v1/uploads")
          || path.startsWith("/files")
          || path.startsWith("/checkpoints");
    }
  }

  /** Returns who sent a request that passed {@link Access}; nobody for another one. */
  static Visitor of(Context ctx) {
    Visitor visitor = ctx.attribute(ATTRIBUTE);
    return visitor == null ? new Nobody() : visitor;
  }

  /** Returns the user who sent a request or for whom a program did, if there is one. */
  static Optional<User> user(Context ctx) {
    return user(of(ctx));
  }

  /** Returns the user that a visitor is or acts for, if there is one. */
  static Optional<User> user(Visitor visitor) {
    if (visitor instanceof Program program) {
      return Optional.of(program.user());
    }
    return visitor instanceof SignedIn signedIn ? Optional.of(signedIn.user()) : Optional.empty();
  }

  /** Returns who sent a request as the ledger names them. */
  static LedgerEntry.Actor actor(Context ctx) {
    Visitor visitor = of(ctx);
    if (visitor instanceof Program program) {
      return LedgerEntry.Actor.program(program.user().printedName());
    }
    return visitor instanceof SignedIn signedIn
        ? LedgerEntry.Actor.signedIn(signedIn.user().printedName())
        : LedgerEntry.Actor.LOCAL;
  }

  /** Returns who sent a request in a browser, if that is somebody who is signed in. */
  static Optional<SignedIn> signedIn(Context ctx) {
    return of(ctx) instanceof SignedIn signedIn ? Optional.of(signedIn) : Optional.empty();
  }
}
