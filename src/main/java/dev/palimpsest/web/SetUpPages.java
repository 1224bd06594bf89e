package dev.palimpsest.web;

import dev.palimpsest.WordingException;
import dev.palimpsest.account.AccountException;
import dev.palimpsest.account.Accounts;
import dev.palimpsest.account.NewUser;
import dev.palimpsest.account.User;
import dev.palimpsest.account.UserRole;
import dev.palimpsest.ledger.LedgerEntry;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.Visitors;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How people get their first password: the first administrator by the set-up, others invited. */
final class SetUpPages {
  private static final Logger LOG = LoggerFactory.getLogger(SetUpPages.class);

  private final Accounts accounts;
  private final Visitors visitors;
  private final Views views;

  SetUpPages(Accounts accounts, Visitors visitors, Views views) {
    this.accounts = accounts;
    this.visitors = visitors;
    this.views = views;
  }

  void routes(RoutesConfig routes) {
    routes.get("/setup", ctx -> setUp(ctx, ""), Role.ANYONE);
    routes.post("/setup", this::finish, Role.ANYONE);
    routes.get("/invitation", ctx -> invitation(ctx, ""), Role.ANYONE);
    routes.post("/invitation", this::accept, Role.ANYONE);
  }

  private void setUp(Context ctx, String problem) {
    if (!visitors.isOpen()) {
      throw new WebException(404, "The set-up is over; sign in instead.");
    }
    Map<String, Object> model = new HashMap<>();
    model.put("problem", problem);
    model.put("secret", Form.typed(ctx, "secret"));
    model.put("name", Form.typed(ctx, "name"));
    model.put("printed", Form.typed(ctx, "printed"));
    views.page(ctx, "set-up", model);
  }

  private void finish(Context ctx) {
    String address = ctx.req().getRemoteAddr();
    try {
      requireSame(ctx);
      NewUser user =
          new NewUser(Form.typed(ctx, "name"), Form.typed(ctx, "printed"), UserRole.ADMINISTRATOR);
      User made =
          accounts.setUp().finish(Form.typed(ctx, "secret"), user, Form.typed(ctx, "password"));
      LOG.info("the first administrator is {}, made from {}", made.name(), address);
      SignInPages.begin(ctx, accounts, made, false);
      ctx.redirect("/account");
    } catch (AccountException | WordingException wrong) {
      ctx.status(400);
      setUp(ctx, wrong.getMessage());
    }
  }

  private void invitation(Context ctx, String problem) {
    Map<String, Object> model = new HashMap<>();
    model.put("problem", problem);
    model.put("user", invited(ctx));
    model.put("secret", secret(ctx));
    views.page(ctx, "invitation", model);
  }

  private void accept(Context ctx) {
    User user = invited(ctx);
    try {
      requireSame(ctx);
      accounts
          .by(LedgerEntry.Actor.invited(user.printedName()))
          .passwords()
          .set(user, Form.typed(ctx, "password"));
      LOG.info("{} set a password by an invitation", user.name());
      ctx.redirect("/sign-in");
    } catch (AccountException weak) {
      ctx.status(400);
      invitation(ctx, weak.getMessage());
    }
  }

  private User invited(Context ctx) {
    return accounts
        .users()
        .invited(secret(ctx))
        .orElseThrow(
            () ->
                new WebException(
                    404, "This invitation was used or is over; ask an administrator for another."));
  }

  private static String secret(Context ctx) {
    return Optional.ofNullable(ctx.queryParam("secret")).orElse(Form.typed(ctx, "secret"));
  }

  /** Nobody sees a password while typing it, so it is typed twice. */
  static void requireSame(Context ctx) {
    if (!Form.typed(ctx, "password").equals(Form.typed(ctx, "again"))) {
      throw new AccountException("The two passwords are not the same; type them again.");
    }
  }
}
