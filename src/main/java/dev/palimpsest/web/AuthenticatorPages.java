package dev.palimpsest.web;

import dev.palimpsest.account.AccountException;
import dev.palimpsest.account.Accounts;
import dev.palimpsest.account.SecondFactors;
import dev.palimpsest.account.User;
import dev.palimpsest.web.guard.Role;
import dev.palimpsest.web.guard.Visitor;
import dev.palimpsest.web.guard.Visitor.SignedIn;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Setting an authenticator up and taking it away. */
final class AuthenticatorPages {
  private static final Logger LOG = LoggerFactory.getLogger(AuthenticatorPages.class);
  private static final String PATH = "/account/authenticator";

  private final Accounts accounts;
  private final Views views;

  AuthenticatorPages(Accounts accounts, Views views) {
    this.accounts = accounts;
    this.views = views;
  }

  void routes(RoutesConfig routes) {
    routes.get(PATH, this::show, Role.ONESELF);
    routes.post(PATH, this::confirm, Role.ONESELF);
    routes.post(PATH + "/remove", this::remove, Role.ONESELF);
  }

  private void show(Context ctx) {
    if (accounts.factors().isSetUp(AccountPages.person(ctx).user())) {
      removal(ctx, "");
    } else {
      offer(ctx, "");
    }
  }

  private void offer(Context ctx, String problem) {
    User user = AccountPages.person(ctx).user();
    String secret = accounts.factors().begin(user);
    Map<String, Object> model = model(problem, List.of());
    model.put("secret", secret.replaceAll("(.{4})(?=.)", "$1 "));
    model.put("address", SecondFactors.address(user, secret));
    views.page(ctx, "authenticator", model);
  }

  private void removal(Context ctx, String problem) {
    views.page(ctx, "authenticator", model(problem, List.of()));
  }

  private static Map<String, Object> model(String problem, List<String> recovery) {
    Map<String, Object> model = new HashMap<>();
    model.put("problem", problem);
    model.put("recovery", recovery);
    model.put("secret", "");
    model.put("address", "");
    return model;
  }

  private void confirm(Context ctx) {
    SignedIn visitor = AccountPages.person(ctx);
    try {
      requirePassword(ctx, visitor);
      List<String> recovery =
          accounts
              .by(Visitor.actor(ctx))
              .factors()
              .confirm(visitor.user(), Form.typed(ctx, "code"));
      accounts.sessions().provedSecondFactor(visitor.session());
      LOG.info("{} set an authenticator up", visitor.user().name());
      views.page(ctx, "authenticator", model("", recovery));
    } catch (AccountException wrong) {
      ctx.status(400);
      offer(ctx, wrong.getMessage());
    }
  }

  private void remove(Context ctx) {
    SignedIn visitor = AccountPages.person(ctx);
    try {
      requirePassword(ctx, visitor);
      accounts.by(Visitor.actor(ctx)).factors().remove(visitor.user());
      accounts.sessions().endOthers(visitor.user(), visitor.session().id());
      LOG.info("{} removed the authenticator", visitor.user().name());
      ctx.redirect("/account");
    } catch (AccountException wrong) {
      ctx.status(400);
      removal(ctx, wrong.getMessage());
    }
  }

  /** Whoever found a browser open gets no factor of their own in. */
  private void requirePassword(Context ctx, SignedIn visitor) {
    accounts
        .signIn()
        .confirm(visitor.user(), Form.typed(ctx, "password"), ctx.req().getRemoteAddr());
  }
}
